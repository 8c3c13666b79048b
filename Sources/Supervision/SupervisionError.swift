public import Domain

/// Why a use case refused, in cases that a page can put into words of either language.
public enum SupervisionError: Error, Hashable, Sendable {
    /// The asker may see the thing but not do this with it.
    case notPermitted
    /// No such thing, or nothing that the asker may know of.
    case notFound
    /// What was typed can't be taken as it is.
    case invalid(Field, Flaw)
    /// It is fine by itself but collides with what is there.
    case conflict(Conflict)
    /// Recordings of these cameras' schools are opened with a reason, and none was given in this session of work.
    case reasonNeeded([CameraID])
    /// The rules of inspections say no.
    case inspection(InspectionFault)
    /// The rules of cases say no.
    case refused(CaseRefusal)
    /// Account or password is wrong, or the account is switched off: never said which.
    case wrongCredentials
    /// Too many failed attempts with this account from this address.
    case tooManyAttempts(retryAfter: Duration)
    /// More sign-ins at once than this machine can check; try again in a moment.
    case busy
    /// The key of a request that was another one.
    case keyUsed
    /// An activity's rules say no.
    case activity(ActivityRefusal)

    /// The field of a form that is wrong.
    public enum Field: String, Hashable, Sendable, CaseIterable {
        case account
        case name
        case password
        case role
        case township
        case school
        case canteen
        case area
        case main
        case sub
        case credentials
        case retentionDays
        case span
        case reason
        case sustained
        case cooldown
        case threshold
        case zones
        case masks
        case leastHead
        case verdict
        case matter
        case attachment
        case calendar
        case policy
        /// Whose news a channel carries.
        case owner
        case address
        case key
        case roster
        case scopes
        case expiry
        case note
        case caseNumber
        case terms
        case holidays
        case makeUpDays
        case weekdays
        case hours
        case validFrom
        case delay
        case filter
        case text
        case cameras
        case duty
        case dutyTimes
        case photos
        case paperNumber
        case paperHolder
        case paperExpiry
        case menuDay
        case menuDishes
        case dutyFinding
        case dutyRemedy
        case dutyChecks
        case dutyStaff
        case dutySymptom
        case dutyTemperature
        case dutyCompanion
        case dutyEaters
        case dutyRemark
        case dutyDish
        case dutyWeight
        case dutyTaken
        case dutyKeptUntil
        case dutyDisposed
        case dutyMinutes
        case dutyStrength
        case dutyItems
        case dutyAttendees
        case dutyAgenda
        case dutyDecisions
        case title
        case place
        case signUpUntil
        case capacity
        case programme
        case organizer
        case phone
        case mail
        case stars
        case caption
        case report
        case contact
        case className
        case uses
        case consent
    }

    public enum Flaw: Hashable, Sendable {
        case empty
        /// Counted in characters.
        case tooShort(minimum: Int)
        case tooLong(maximum: Int)
        case outOfRange(minimum: Int, maximum: Int)
        /// A control character, a blank at an end, or for accounts anything but letters, digits and `._-@`.
        case forbiddenCharacter
        /// No such school or area; no shape that could be drawn.
        case unknown
        /// This role is not bound to such a place, or is bound to another already.
        case notAllowed
        /// The password is the account or the name, or holds nothing else.
        case containsAccount
        /// One character repeated, a run such as 1234567890, or one of the passwords that everybody tries first.
        case tooSimple
        /// The new password is the old one.
        case sameAsBefore
        /// Spans of days, or a span and a day, that share a day.
        case overlapping
        /// The end lies before the start.
        case backwards
        case notADate
        case longerThanDays(Int)
        /// A moment that must not lie before now.
        case past
        /// A name in braces that stands for nothing.
        case unknownPlaceholder
        /// A number or a time that nobody can mean.
        case implausible
    }

    public enum Conflict: Hashable, Sendable {
        /// Another school, or another area or camera of the same place, has this name.
        case nameTaken
        case accountTaken
        /// There are still areas or cameras in it.
        case notEmpty
        /// Footage or captures of it are still kept.
        case hasFootage
        /// Nobody who can administer the product would be left.
        case lastAdministrator
        /// A capture is part of another case already, or was judged to be none.
        case notForCase
        /// Somebody else has judged the capture since it was looked at.
        case judgedMeanwhile
        /// A delivery is on its way already, or has arrived.
        case deliveryMoved
        /// The channel of a delivery is switched off.
        case channelOff
        /// As many tokens as one person may have.
        case tooManyTokens
        /// As many files as may wait to be named.
        case tooManyUploads
        /// Somebody else has saved the same form since it was opened.
        case changedMeanwhile
        /// As many saved filters as one person may have.
        case tooManyFilters
        /// All of a class have come in by an invitation, or its time is over.
        case invitationOver
    }
}
