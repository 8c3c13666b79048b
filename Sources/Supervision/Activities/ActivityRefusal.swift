public import Domain

/// Why an activity's rules refused, in kinds that a page puts into words.
public enum ActivityRefusal: Error, Hashable, Sendable {
    case notNow(Activity.State)
    case tooLate
    case plan(ActivityPlan.Flaw)
    /// Nobody signs up now.
    case signUpClosed
    case guest(Guest.Flaw)
    case list(GuestList.Refusal)
    /// The form was opened too long ago, or isn't ours.
    case formTooOld
    /// Only who came says what it was like.
    case notThere
    /// No mail server is set, or no address is among what was typed.
    case noAddresses
    /// As many photographs as one activity may have.
    case tooManyPhotos
    /// There is a case of it already.
    case hasCase

    /// What the catalogue calls it.
    public var name: String {
        switch self {
        case .notNow: "notNow"
        case .tooLate: "tooLate"
        case .plan(let flaw): "plan.\(flaw)"
        case .signUpClosed: "signUpClosed"
        case .guest(let flaw): "guest.\(flaw)"
        case .list(.unknown): "list.unknown"
        case .list(.tooMany): "list.tooMany"
        case .list(.full): "list.full"
        case .list(.notNow): "list.notNow"
        case .list(.moreThanSignedUp): "list.moreThanSignedUp"
        case .list(.belowTaken): "list.belowTaken"
        case .formTooOld: "formTooOld"
        case .notThere: "notThere"
        case .noAddresses: "noAddresses"
        case .tooManyPhotos: "tooManyPhotos"
        case .hasCase: "hasCase"
        }
    }

    /// One of each, for whoever must have words for all of them.
    public static let all: [ActivityRefusal] =
        [
            .notNow(.draft), .tooLate, .signUpClosed, .formTooOld, .notThere, .noAddresses, .tooManyPhotos, .hasCase,
        ]
        + [.schools, .span, .signUpUntil, .capacity, .programme].map(Self.plan)
        + [.roleAlone, .contactOfPupil, .count, .pupils].map(Self.guest)
        + [.unknown, .tooMany, .full, .notNow(.came), .moreThanSignedUp, .belowTaken].map(Self.list)
}

extension GuestList {
    /// A refusal of the list leaves as one of the use case.
    mutating func attempt<T>(_ step: (inout GuestList) throws(Refusal) -> T) throws(SupervisionError) -> T {
        do throws(Refusal) { return try step(&self) } catch { throw .activity(.list(error)) }
    }
}
