import Documents
import Domain
import Foundation
import TestSupport
import Testing

/// Workbooks made by hand with Python's `zipfile`, the way Excel, WPS and others write them.
@Suite struct WorkbookTests {
    private let folder: TemporaryDirectory

    init() throws { folder = try TemporaryDirectory() }

    private static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    private static let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    private static let parts: [String: String] = [
        "_rels/.rels":
            "<Relationships><Relationship Id='r1' Type='\(relations)/officeDocument' Target='/xl/workbook.xml'/></Relationships>",
        "xl/workbook.xml":
            "<x:workbook xmlns:x='\(main)' xmlns:r='\(relations)'><x:sheets><x:sheet name='名单' sheetId='1' r:id='rId1'/><x:sheet name='第二' sheetId='2' r:id='rId2'/></x:sheets></x:workbook>",
        "xl/_rels/workbook.xml.rels":
            "<Relationships><Relationship Id='rId1' Type='\(relations)/worksheet' Target='worksheets/sheet1.xml'/><Relationship Id='rId2' Type='\(relations)/worksheet' Target='../xl/worksheets/sheet2.xml'/><Relationship Id='rId3' Type='\(relations)/sharedStrings' Target='sharedStrings.xml'/><Relationship Id='rId4' Type='\(relations)/styles' Target='styles.xml'/></Relationships>",
        "xl/sharedStrings.xml":
            "<sst xmlns='\(main)'><si><t>学校</t></si><si><r><t>青山</t></r><r><t xml:space='preserve"
            + "'> 一中</t></r><rPh sb='0' eb='1'><t>qing</t></rPh></si></sst>",
        "xl/styles.xml":
            "<styleSheet xmlns='\(main)'><numFmts><numFmt numFmtId='164' formatCode='yyyy\"年\"m\"月\"d\"日\"'/><numFmt numFmtId='165' formatCode='[Red]0.0\"d\"'/></numFmts><cellStyleXfs><xf numFmtId='14'/></cellStyleXfs><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='164'/><xf numFmtId='165'/><xf numFmtId='22'/><xf numFmtId='20'/></cellXfs></styleSheet>",
        "xl/worksheets/sheet1.xml":
            "<worksheet xmlns='\(main)'><sheetData><row r='1'><c r='A1' t='s'><v>0</v></c><c r='C1' t='s'><v>1</v></c></row><row r='3'><c r='A3' s='1'><v>46349</v></c><c r='B3' s='2'><v>46349</v></c><c r='C3' s='3'><v>46349.5</v></c><c r='D3' s='4'><v>46349.25</v></c><c r='E3' s='5'><v>0.5</v></c><c r='F3' t='b'><v>1</v></c><c r='G3' t='inlineStr'><is><t>行内</t></is></c><c r='H3' t='str'><f>A1</f><v>公式</v></c><c r='I3' t='e'><v>#N/A</v></c><c r='J3'><v>13800000000</v></c><c r='K3' s='1'/></row></sheetData></worksheet>",
        "xl/worksheets/sheet2.xml":
            "<worksheet><sheetData><row><c><v>1</v></c><c><v>2.5</v></c></row><row r='1048576'><c r='XFD1048576' s='1'/></row></sheetData></worksheet>",
    ]

    private func workbook(_ changes: [String: String] = [:]) async throws -> [UInt8] {
        let parts = Self.parts.merging(changes) { $1 }
        let json = String(decoding: try JSONEncoder().encode(parts), as: UTF8.self)
        let script = """
            import json, sys, zipfile
            with zipfile.ZipFile(sys.argv[1], 'w', zipfile.ZIP_DEFLATED) as z:
                for name, text in sorted(json.load(sys.stdin).items()): z.writestr(name, eval(text[5:]) if text.startswith('eval:') else text)
            """
        let done = try await ChildProcess.run(
            ["/usr/bin/python3", "-c", script, folder.file("a.xlsx")], input: json)
        #expect(done.ending.isSuccess, "\(done.errors)")
        return try folder.read("a.xlsx")
    }

    private func error(_ changes: [String: String], sheet: String? = nil) async throws -> SheetError? {
        let bytes = try await workbook(changes)
        do {
            _ = try SheetReader().read(bytes, sheet: sheet)
            return nil
        } catch { return error }
    }

    @Test func `texts, numbers, dates and errors are read`() async throws {
        let sheet = try SheetReader().read(await workbook())
        #expect(sheet.name == "名单" && sheet.rows.map(\.number) == [1, 3])
        #expect(sheet.rows[0][3]?.text == "青山 一中" && sheet.rows[0][2] == nil)
        #expect(
            sheet.rows[1].cells.map(\.text) == [
                "2026-11-23", "2026-11-23", "46349.5", "2026-11-23 06:00:00", "12:00:00", "TRUE", "行内", "公式", "#N/A",
                "13800000000",
            ])
        #expect(sheet.rows[1][9]?.value == .error("#N/A"))
    }

    @Test func `a sheet is found by its name, empty formatted cells don't count`() async throws {
        let sheet = try SheetReader().read(await workbook(), sheet: "第二")
        #expect(sheet.rows.count == 1 && sheet.rows[0].cells.map(\.text) == ["1", "2.5"])
        let missing = try await error([:], sheet: "第三")
        #expect(missing == .noSuchSheet("第三", available: ["名单", "第二"]))
    }

    @Test func `dates of the Macintosh's calendar are four years later`() async throws {
        let book = Self.parts["xl/workbook.xml"]!.replacing(
            "<x:sheets>", with: "<x:workbookPr date1904='1'/><x:sheets>")
        let sheet = try SheetReader().read(await workbook(["xl/workbook.xml": book]))
        #expect(sheet.rows[1][1]?.text == "2030-11-24")
    }

    @Test func `bombs, declarations and lies are refused`() async throws {
        let path = "xl/worksheets/sheet1.xml"
        let bomb = try await error([path: "eval:b'<worksheet>' + b' ' * 210000000"])
        #expect(bomb == .unpackedTooLarge(limitBytes: 200_000_000))
        let laughs = "<!DOCTYPE a [<!ENTITY b 'c'>]><worksheet>&b;</worksheet>"
        #expect(try await error([path: laughs]) == .forbiddenDeclaration(part: path))
        let outside = "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><worksheet/>"
        #expect(try await error([path: outside]) == .forbiddenDeclaration(part: path))
        func cell(_ xml: String) -> [String: String] {
            [path: "<worksheet><sheetData>\(xml)</sheetData></worksheet>"]
        }
        for broken in [
            "<row r='1'><c r='A1' t='s'><v>99</v></c></row>", "<row r='0'/>", "<row r='2'/><row r='1'/>",
            "<row r='1'><c r='B1'/><c r='A1'/></row>", "<row r='1'><c r='A2'/></row>", "<c><v>1</v></c>",
            "<row r='1'><c r='A1'><c r='B1'><v>1</v></c></c></row>", "<row><c r='A1'><v>1</v></c><row r='2'/></row>",
            "<row r='1'/><c r='B1'><v>1</v></c><row r='2'/>", "<row r='1'><c><v>nan</v></c></row>", "<row>",
            "<row r='9999999999999999999'/>",
            String(repeating: "<x>", count: 500),
        ] {
            #expect(try await error(cell(broken)) == .damaged(part: path), "\(broken)")
        }
        let wide = try await error(cell("<row r='1'><c r='GS1'><v>1</v></c></row>"))
        #expect(wide == .tooManyColumns(at: CellAddress("GS1")!, limit: 200))
        #expect(try await error(["_rels/.rels": "<Relationships/>"]) == .notAWorkbook)
    }

    @Test func `broken workbooks never crash`() async throws {
        let whole = try await workbook()
        // Fewer than four bytes could be a list of one cell.
        for broken in truncations(of: whole).dropFirst(4) {
            #expect(throws: SheetError.self) { try SheetReader().read(broken) }
        }
        for broken in Mutations(of: whole, count: 3000, seed: 7) { _ = try? SheetReader().read(broken) }
    }

    @Test func `broken XML never crashes`() async throws {
        for name in ["xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/sharedStrings.xml", "xl/workbook.xml"] {
            let whole = Array(Self.parts[name]!.utf8)
            for broken in Mutations(of: whole, count: 12, seed: 9) {
                _ = try await error([name: "eval:bytes(\(broken))"])
            }
        }
    }
}
