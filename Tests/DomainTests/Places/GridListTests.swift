import Testing

@testable import Domain

struct GridListTests {
    private static func rows(_ table: [[String]]) -> [(number: Int, cells: [Int: String])] {
        table.enumerated().map { index, cells in
            (index + 1, Dictionary(uniqueKeysWithValues: cells.enumerated().map { ($0 + 1, $1) }))
        }
    }

    @Test func `columns are known in both languages, in any order, and others are named`() throws {
        let list = try GridList(
            Self.rows([
                ["备注", "密码", "用户名*", "主码流地址", "摄像机（名称）", " 区域类别 ", "School", "乡镇/街道x"],
                ["x", "p", "u", "rtsp://10.0.0.1/a", "灶台", "烹饪间", " 一小 ", "y"],
            ]))
        #expect(list.unknownHeadings == ["备注", "乡镇/街道x"])
        #expect(list.faults == [])
        let line = try #require(list.lines.first)
        #expect(list.lines.count == 1 && line.row == 2)
        #expect(line.school == "一小" && line.township == nil && line.areaKind == .cooking && line.camera == "灶台")
        #expect(line.main?.description == "rtsp://10.0.0.1/a")
        #expect(line.credentials == Credentials(user: "u", password: Secret("p")))
    }

    @Test func `an address gives its user and password away, a column of its own goes before it`() throws {
        let list = try GridList(
            Self.rows([
                ["school", "area kind", "camera", "main", "sub", "user", "password"],
                ["S", "cooking", "A", "rtsp://in:side@10.0.0.1/a", "", "", ""],
                ["S", "cooking", "B", "rtsp://in:side@10.0.0.1/b", "rtsp://10.0.0.1/c", "own", "word"],
            ]))
        #expect(list.lines[0].credentials == Credentials(user: "in", password: Secret("side")))
        #expect(list.lines[0].main?.description == "rtsp://10.0.0.1/a")
        #expect(list.lines[1].credentials == Credentials(user: "own", password: Secret("word")))
        #expect(list.lines[1].sub?.description == "rtsp://10.0.0.1/c")
    }

    @Test func `each cell that is wrong is named, and its line left out`() throws {
        let list = try GridList(
            Self.rows([
                [
                    "township", "school", "school kind", "canteen", "area kind", "area name", "camera", "main", "user",
                    "password",
                ],
                ["T", "S", "castle", "", "", "", "", "", "", ""],
                ["T", "", "", "North", "", "", "", "", "", ""],
                ["T", "S", "", "", "", "", "Cam", "rtsp://10.0.0.1/a", "", ""],
                ["T", "S", "", "", "cooking", "", "Cam", "", "", ""],
                ["T", "S", "", "", "cooking", "", "", "rtsp://10.0.0.1/a", "", ""],
                ["T", "S", "", "", "cooking", "", "Cam", "ftp://10.0.0.1/a", "", "word"],
                ["T", String(repeating: "长", count: 101), "", "", "", "", "", "", "", ""],
                ["T", "S", "", "", "", "", "", "", "", ""],
            ]))
        let wanted: [GridList.Fault] = [
            .init(row: 2, .schoolKind, .unknownKind("castle")), .init(row: 3, .school, .missing),
            .init(row: 4, .areaKind, .missing), .init(row: 5, .main, .missing), .init(row: 6, .camera, .missing),
            .init(row: 7, .main, .badAddress(.unknownScheme("ftp"))), .init(row: 7, .user, .noUser),
            .init(row: 8, .school, .badName),
        ]
        #expect(list.faults == wanted)
        #expect(list.lines.map(\.row) == [9])
    }

    @Test func `what is no such list is refused as a whole`() {
        func refusal(_ table: [[String]]) -> GridList.Unusable? {
            #expect(throws: GridList.Unusable.self) { try GridList(Self.rows(table)) }
        }
        #expect(refusal([]) == .noLines)
        #expect(refusal([["school"]]) == .noLines)
        #expect(refusal([["school"], [" ", ""]]) == .noLines)
        #expect(refusal([["name", "address"], ["a", "b"]]) == .noHeadings)
        #expect(refusal([["school", "学校名称"], ["a", "b"]]) == .headingTwice(.school))
        let long = Array(repeating: ["S"], count: GridList.mostLines + 1)
        #expect(refusal([["school"]] + long) == .tooManyLines(limit: GridList.mostLines))
    }

    @Test func `whatever stands in the cells, each line is taken, named or empty`() throws {
        let words = [
            "", " ", "S", "T", "烹饪区", "cooking", "castle", "rtsp://a/b", "rtsp://", "\u{0}", "小学", "-", "（", "u\n",
            "rtsp://u:p@h:99999/x", "学校",
        ]
        var random = SeededRandom(seed: 20_261_124)
        let headings = GridList.Column.allCases.map(\.rawValue)
        for _ in 0..<2000 {
            let table = (0..<5).map { _ in headings.map { _ in words.randomElement(using: &random)! } }
            guard let list = try? GridList(Self.rows([headings] + table)) else { continue }
            let told = Set(list.lines.map(\.row)).union(list.faults.map(\.row))
            #expect(Set(list.lines.map(\.row)).isDisjoint(with: list.faults.map(\.row)))
            for (index, cells) in table.enumerated() {
                let isEmpty = cells.allSatisfy { $0.allSatisfy(\.isWhitespace) }
                #expect(told.contains(index + 2) == !isEmpty)
            }
        }
    }
}
