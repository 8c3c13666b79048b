import Domain

extension ViewingReason {
    /// `inspection`, or `case; number=12; note=…` with the note percent-encoded UTF-8.
    /// - Throws: ``WebError/badRequest(_:)`` for anything else, and for `other` without a note.
    init(header: String) throws(WebError) {
        let parts = header.split(separator: ";").map { $0.drop { $0 == " " } }
        guard let kind = parts.first.flatMap({ Kind(rawValue: String($0.prefix { $0 != " " })) }) else {
            throw .badRequest("viewingReason")
        }
        var reason = ViewingReason(kind)
        for part in parts.dropFirst() {
            let fields = FormFields(part.replacing("+", with: "%2B"))
            if let number = fields["number"] {
                guard let number = Int(number), number > 0 else { throw .badRequest("viewingReason") }
                reason.caseNumber = number
            }
            if let note = fields.text("note") { reason.note = String(note.prefix(200)) }
        }
        guard kind != .other || !reason.note.isEmpty else { throw .badRequest("viewingReason") }
        self = reason
    }
}
