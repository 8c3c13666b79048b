import Domain
import Testing

struct TextTemplateTests {
    private func template(_ text: String) -> TextTemplate {
        TextTemplate(id: TextTemplateID(at: UTCTime(milliseconds: 0)), move: .dispatch, text: text)
    }

    @Test func `each placeholder becomes the case's own value`() {
        for placeholder in TextTemplate.Placeholder.allCases {
            let filled = template("a{\(placeholder.rawValue)}b{\(placeholder.rawValue)}").filled(with: [
                placeholder: "值"
            ])
            #expect(filled == "a值b值")
        }
    }

    @Test func `a placeholder without a value stays to be seen`() {
        #expect(template("到{整改期限}").filled(with: [:]) == "到{整改期限}")
    }

    @Test(arguments: [
        ("没有", []), ("{学校}{事项}", []), ("{校名}和{}", ["校名", ""]), ("只开{学校", []), ("关}开{x}", ["x"]),
    ])
    func `what stands for nothing is named`(text: String, unknown: [String]) {
        #expect(TextTemplate.unknownPlaceholders(in: text) == unknown)
    }
}
