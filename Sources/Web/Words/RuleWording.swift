import Domain
import Supervision

extension Words {
    /// What is wrong with a field of a form.
    func callAsFunction(_ field: SupervisionError.Field, _ flaw: SupervisionError.Flaw) -> String {
        self("flaw.sentence", ["field": self("field.\(field.rawValue)"), "flaw": self(flaw)])
    }

    func callAsFunction(_ flaw: SupervisionError.Flaw) -> String {
        switch flaw {
        case .empty: self("flaw.empty")
        case .tooShort(let minimum): self("flaw.tooShort", ["minimum": "\(minimum)"])
        case .tooLong(let maximum): self("flaw.tooLong", ["maximum": "\(maximum)"])
        case .outOfRange(let minimum, let maximum):
            self("flaw.outOfRange", ["minimum": "\(minimum)", "maximum": "\(maximum)"])
        case .forbiddenCharacter: self("flaw.forbiddenCharacter")
        case .unknown: self("flaw.unknown")
        case .notAllowed: self("flaw.notAllowed")
        case .containsAccount: self("flaw.containsAccount")
        case .tooSimple: self("flaw.tooSimple")
        case .sameAsBefore: self("flaw.sameAsBefore")
        case .overlapping: self("flaw.overlapping")
        case .backwards: self("flaw.backwards")
        case .notADate: self("flaw.notADate")
        case .longerThanDays(let count): self("flaw.longerThanDays", ["count": "\(count)"])
        case .past: self("flaw.past")
        case .unknownPlaceholder: self("flaw.unknownPlaceholder")
        case .implausible: self("flaw.implausible")
        }
    }

    func callAsFunction(_ conflict: SupervisionError.Conflict) -> String {
        switch conflict {
        case .nameTaken: self("conflict.nameTaken")
        case .accountTaken: self("conflict.accountTaken")
        case .notEmpty: self("conflict.notEmpty")
        case .hasFootage: self("conflict.hasFootage")
        case .lastAdministrator: self("conflict.lastAdministrator")
        case .notForCase: self("conflict.notForCase")
        case .judgedMeanwhile: self("conflict.judgedMeanwhile")
        case .deliveryMoved: self("conflict.deliveryMoved")
        case .channelOff: self("conflict.channelOff")
        case .tooManyTokens: self("conflict.tooManyTokens")
        case .tooManyUploads: self("conflict.tooManyUploads")
        case .tooManyFilters: self("conflict.tooManyFilters")
        case .changedMeanwhile: self("conflict.changedMeanwhile")
        case .invitationOver: self("conflict.invitationOver")
        }
    }

    /// Why the rules of cases said no.
    func callAsFunction(_ refusal: CaseRefusal) -> String {
        switch refusal {
        case .notPermitted: self("problem.notPermitted.title")
        case .conflict: self("refusal.conflict")
        case .notNow(let state): self("refusal.notNow", ["state": self("case.state.\(state.rawValue)")])
        case .badDeadline: self("refusal.badDeadline")
        case .tooEarly: self("refusal.tooEarly")
        case .tooLate: self("refusal.tooLate")
        case .reasonMissing: self("refusal.reasonMissing")
        case .textTooLong: self("refusal.textTooLong")
        case .emptySubmission: self("refusal.emptySubmission")
        case .alreadyAppealed: self("refusal.alreadyAppealed")
        case .extensionAlreadyAsked: self("refusal.extensionAlreadyAsked")
        case .noExtensionAsked: self("refusal.noExtensionAsked")
        case .tooManyExtensions(let most): self("refusal.tooManyExtensions", ["count": "\(most)"])
        case .alreadyDone: self("refusal.alreadyDone")
        case .notDue: self("refusal.notDue")
        }
    }

    func callAsFunction(_ error: SourceAddress.ParseError) -> String {
        switch error {
        case .empty: self("address.empty")
        case .unknownScheme(let scheme): self("address.unknownScheme", ["scheme": String(scheme.prefix(20))])
        case .missingHost: self("address.missingHost")
        case .badPort(let port): self("address.badPort", ["port": String(port.prefix(20))])
        case .controlCharacter: self("address.controlCharacter")
        }
    }

    /// What is wrong with what somebody typed, when they can put it right; nil for all other errors.
    func mendable(_ error: any Error) -> String? {
        switch error {
        case SupervisionError.invalid(let field, let flaw): self(field, flaw)
        case SupervisionError.conflict(let conflict): self(conflict)
        case SupervisionError.inspection(let fault): self(fault)
        case SupervisionError.activity(let refusal): self(refusal)
        case let error as SourceAddress.ParseError: self(error)
        default: nil
        }
    }
}
