import Domain

/// Addresses of activities: the staff's, and the short ones for everybody.
enum ActivityURL: Sendable {
    case list
    case new
    case counts
    case countsFile(TableExport.Format)
    case sheet(Slot<ActivityID>)
    case edit(Slot<ActivityID>)
    /// Publish, close, begin, finish, cancel, report.
    case move(Slot<ActivityID>)
    case guests(Slot<ActivityID>)
    /// Sign up, walk in, tick, take back, mark absent, call off.
    case guestAct(Slot<ActivityID>)
    case invite(Slot<ActivityID>)
    case poster(Slot<ActivityID>)
    case findings(Slot<ActivityID>)
    case findingCase(Slot<ActivityID>, Slot<ActivityFindingID>)
    case photos(Slot<ActivityID>)
    case photo(Slot<ActivityID>, Slot<ActivityPhotoID>)
    case photoAct(Slot<ActivityID>, Slot<ActivityPhotoID>)
    case report(Slot<ActivityID>)
    case feedback(Slot<ActivityID>, Slot<SignUpID>)
    /// Where the QR code of a sign-up leads whoever stands at the door.
    case door(Slot<PublicCode>)

    case board(Slot<PublicCode>)
    case publicPhoto(Slot<PublicCode>, Slot<ActivityPhotoID>)
    case place(Slot<PublicCode>)
    case cancelPlace(Slot<PublicCode>)
    case rate(Slot<PublicCode>)

    var path: String {
        switch self {
        case .list: "/activities"
        case .new: "/activities/new"
        case .counts: "/activities/counts"
        case .countsFile(let format): "/activities/counts.\(format.rawValue)"
        case .sheet(let id): Self.base(id)
        case .edit(let id): "\(Self.base(id))/edit"
        case .move(let id): "\(Self.base(id))/move"
        case .guests(let id): "\(Self.base(id))/guests"
        case .guestAct(let id): "\(Self.base(id))/guests/act"
        case .invite(let id): "\(Self.base(id))/invite"
        case .poster(let id): "\(Self.base(id))/poster.pdf"
        case .findings(let id): "\(Self.base(id))/findings"
        case .findingCase(let id, let finding): "\(Self.base(id))/findings/\(finding.text("finding"))/case"
        case .photos(let id): "\(Self.base(id))/photos"
        case .photo(let id, let photo): "\(Self.base(id))/photos/\(photo.text("photo"))/photo.jpg"
        case .photoAct(let id, let photo): "\(Self.base(id))/photos/\(photo.text("photo"))/act"
        case .report(let id): "\(Self.base(id))/report"
        case .feedback(let id, let signUp): "\(Self.base(id))/feedback/\(signUp.text("signUp"))"
        case .door(let code): "/activities/door/\(code.text("code"))"
        case .board(let code): "/a/\(code.text("code"))"
        case .publicPhoto(let code, let photo): "/a/\(code.text("code"))/\(photo.text("photo"))/photo.jpg"
        case .place(let code): "/s/\(code.text("code"))"
        case .cancelPlace(let code): "/s/\(code.text("code"))/cancel"
        case .rate(let code): "/s/\(code.text("code"))/feedback"
        }
    }

    private static func base(_ id: Slot<ActivityID>) -> String { "/activities/\(id.text("activity"))" }
}
