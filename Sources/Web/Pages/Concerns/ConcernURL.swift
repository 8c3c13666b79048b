import Domain

/// Addresses of concerns: the desk's, and those that need no account.
enum ConcernURL: Sendable {
    case list
    case file(TableExport.Format)
    case sheet(Slot<ConcernID>)
    case act(Slot<ConcernID>)
    case openCase(Slot<ConcernID>)
    case photo(Slot<ConcernID>, Slot<ConcernPhotoID>)
    /// The form of a school's public page.
    case form(Slot<PublicCode>)
    /// Where a code is typed.
    case find
    case follow(Slot<ConcernCode>)
    case add(Slot<ConcernCode>)
    case withdraw(Slot<ConcernCode>)

    var path: String {
        switch self {
        case .list: "/concerns"
        case .file(let format): "/concerns.\(format.rawValue)"
        case .sheet(let id): "/concerns/\(id.text("concern"))"
        case .act(let id): "/concerns/\(id.text("concern"))/act"
        case .openCase(let id): "/concerns/\(id.text("concern"))/case"
        case .photo(let id, let photo): "/concerns/\(id.text("concern"))/photos/\(photo.text("photo"))"
        case .form(let code): "/p/\(code.text("code"))/concern"
        case .find: "/c"
        case .follow(let code): "/c/\(code.text("concern"))"
        case .add(let code): "/c/\(code.text("concern"))/add"
        case .withdraw(let code): "/c/\(code.text("concern"))/withdraw"
        }
    }
}
