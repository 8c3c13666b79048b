import Domain
import Testing

@testable import Supervision

struct SpanSetTests {
    private func span(_ start: Int64, _ end: Int64) -> TimeSpan {
        TimeSpan(start: UTCTime(milliseconds: start), end: UTCTime(milliseconds: end))
    }

    @Test(arguments: 0..<50 as Range<UInt64>)
    func `it holds what was put in, in order, and nothing that is further away than the tolerance`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var set = SpanSet(tolerance: .milliseconds(3))
        var marked = Set<Int64>()
        for _ in 0..<30 {
            let start = Int64.random(in: 0..<200, using: &random)
            let new = span(start, start + Int64.random(in: 1..<20, using: &random))
            set.insert(new)
            marked.formUnion(new.start.milliseconds..<new.end.milliseconds)
            var expected: [TimeSpan] = []
            for moment in marked.sorted() {
                if let last = expected.last, moment <= last.end.milliseconds + 3 {
                    expected[expected.count - 1] = span(last.start.milliseconds, moment + 1)
                } else {
                    expected.append(span(moment, moment + 1))
                }
            }
            #expect(set.spans == expected)
        }
    }

    @Test func `a full set joins the two that are closest`() {
        var set = SpanSet(tolerance: .zero, mostSpans: 3)
        for start in [0, 100, 110, 300] as [Int64] { set.insert(span(start, start + 1)) }
        #expect(set.spans == [span(0, 1), span(100, 111), span(300, 301)])
    }
}
