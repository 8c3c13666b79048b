import Testing

@testable import Domain

struct RecurrenceTests {
    @Test(
        arguments: [
            (.three, "2027-01-23 23:59", .two), (.two, "2026-12-24 10:01", .one), (.one, "2027-01-01 00:00", .one),
        ] as [(Grade, String, Grade)])
    func `within thirty days of closing a case reopens one grade higher`(
        grade: Grade, at: String, expected: Grade
    ) throws {
        var file = try CaseFile.inState(.closed, grade: grade)
        try file.does(.reopen(captures: [CaseFile.capture(7)], reason: "复发"), .node, at: at)
        #expect(file.current.grade == expected && file.current.state == .opened && file.current.round == 2)
        #expect(file.current.captures == [CaseFile.capture(0), CaseFile.capture(7)])
        #expect(file.current.received.isEmpty && file.current.submission == nil && file.current.extensions == 0)
        try file.does(.dispatch(NoticeNumber(series: "明厨告", year: 2027, number: 2)), CaseFile.supervisor)
        #expect(file.current.notices.count == 2 && !file.current.hasAppealed)
        #expect(try Case(file.events) == file.current)
    }

    @Test func `later it is a new case`() throws {
        var file = try CaseFile.inState(.closed)
        #expect(throws: CaseRefusal.tooLate) {
            try file.does(.reopen(captures: [], reason: "复发"), .node, at: "2027-01-24 00:00")
        }
    }

    @Test func `the case closed last is found, of the same matter at the same school only`() throws {
        let closed = try CaseFile.inState(.closed).current
        let open = try CaseFile.inState(.rectifying).current
        let rules = try CaseFile().rules
        let soon = Terms.moment("2027-01-05 10:00")
        func found(_ matter: CaseMatter, _ school: SchoolID, at: UTCTime) -> CaseID? {
            rules.recurrence(of: matter, at: school, on: at, among: [open, closed])
        }
        #expect(found(.item(.noHat), CaseFile.school, at: soon) == closed.id)
        #expect(found(.item(.noMask), CaseFile.school, at: soon) == nil)
        #expect(found(.item(.noHat), SchoolID(at: UTCTime(milliseconds: 9)), at: soon) == nil)
        #expect(found(.item(.noHat), CaseFile.school, at: Terms.moment("2027-03-01 10:00")) == nil)
    }

    @Test(arguments: [
        "明厨告〔2026〕第 0001 号", "明厨告〔2026〕第 0370 号", "明厨告〔2027〕第 12345 号",
    ])
    func `a notice's number reads back as it is printed`(text: String) {
        #expect(NoticeNumber(text)?.description == text)
    }

    @Test(arguments: ["", "明厨告〔2026〕第 1 号", "明厨告〔2026〕第 0000 号", "明厨告〔〕第 0001 号", "明厨告〔2026〕0001"])
    func `what is no number is none`(text: String) { #expect(NoticeNumber(text) == nil) }

    @Test func `numbers go up without a hole and begin anew each year`() {
        let series = NoticeSeries.dispatch
        let autumn = Terms.moment("2026-12-31 23:59")
        let first = series.next(after: nil, at: autumn, in: .shanghai)
        let second = series.next(after: first, at: autumn, in: .shanghai)
        let third = series.next(after: second, at: Terms.moment("2027-01-01 00:00"), in: .shanghai)
        #expect("\(first) \(second) \(third)" == "明厨告〔2026〕第 0001 号 明厨告〔2026〕第 0002 号 明厨告〔2027〕第 0001 号")
        #expect(series.next(after: third, at: autumn, in: .shanghai).number == 2)
    }
}
