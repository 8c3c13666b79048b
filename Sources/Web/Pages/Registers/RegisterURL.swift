import Domain

/// Addresses of the registers that the law asks for.
enum RegisterURL: Sendable {
    case list(RegisterKind)
    case file(RegisterKind, TableExport.Format)
    case new(RegisterKind)
    case entry(Slot<RegisterEntryID>)
    case files(Slot<RegisterEntryID>)
    case entryFile(Slot<RegisterEntryID>, Slot<AttachmentID>)
    /// An impact assessment, to be signed and kept.
    case document(Slot<RegisterEntryID>)

    var path: String {
        switch self {
        case .list(let kind): "/registers/\(kind.rawValue)"
        case .file(let kind, let format): "/registers/\(kind.rawValue).\(format.rawValue)"
        case .new(let kind): "/registers/\(kind.rawValue)/new"
        case .entry(let id): "/registers/entries/\(id.text("entry"))"
        case .files(let id): "/registers/entries/\(id.text("entry"))/files"
        case .entryFile(let id, let file): "/registers/entries/\(id.text("entry"))/files/\(file.text("file"))"
        case .document(let id): "/registers/entries/\(id.text("entry"))/assessment.pdf"
        }
    }
}
