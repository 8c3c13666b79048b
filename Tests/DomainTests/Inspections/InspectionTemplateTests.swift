import Domain
import Testing

struct InspectionTemplateTests {
    @Test func `what can't be a checklist is told`() {
        func fault(_ change: (inout InspectionTemplate) -> Void) -> InspectionTemplate.Fault? {
            var template = InspectionTemplate.standard
            change(&template)
            do throws(InspectionTemplate.Fault) { try template.check() } catch { return error }
            return nil
        }
        #expect(fault { $0.name = InspectionText("") } == .name)
        #expect(fault { $0.items = [] } == .noItems)
        #expect(fault { $0.items[1].code = "licence" } == .codeTwice("licence"))
        #expect(fault { $0.items[0].code = "A b" } == .code("A b"))
        #expect(fault { $0.items[0].title.chinese = "" } == .title("licence"))
        #expect(fault { $0.items[0].requirement.chinese = "a\nb" } == .requirement("licence"))
        #expect(fault { $0.items[0].law.chinese = String(repeating: "法", count: 201) } == .law("licence"))
        #expect(fault { $0.scale.b = $0.scale.a } == .scale)
        #expect(fault { $0.items[0].law.chinese = "" } == nil)
    }

    @Test(arguments: [(0, InspectionGrade.a), (10, .a), (11, .b), (30, .b), (31, .c), (60, .c), (61, .d)])
    func `a grade goes up to its points`(points: Int, grade: InspectionGrade) {
        #expect(InspectionTemplate.Scale().grade(points) == grade)
    }

    @Test(arguments: ["conforms", "notApplicable", "fails/1", "fails/5"])
    func `an outcome is read as it is written`(text: String) {
        #expect(InspectionAnswer.Outcome(text)?.description == text)
    }

    @Test(arguments: ["", "fails", "fails/0", "fails/6", "fails/x", "Conforms"])
    func `no other text is an outcome`(text: String) { #expect(InspectionAnswer.Outcome(text) == nil) }

    @Test func `progress counts what was handed in, without what was withdrawn`() {
        let progress = InspectionProgress([.planned: 2, .begun: 1, .handedIn: 3, .decided: 1, .withdrawn: 9])
        #expect((progress.total, progress.done) == (7, 4))
        #expect(InspectionProgress().share == 1)
    }
}
