import Domain
import Synchronization

/// Who held which session or token of the API a moment ago, so that a page with hundreds of media requests asks the database once.
final class SessionCache: Sendable {
    private struct Entry {
        var person: Person
        /// nil for a session.
        var token: APIToken?
        var until: Duration
    }

    private let entries = Mutex<[[UInt8]: Entry]>([:])
    private static let remembered = Duration.seconds(5)
    private static let mostEntries = 4096

    func person(_ tokenSHA256: [UInt8], at now: Duration) -> Person? {
        entries.withLock { entries in
            guard let entry = entries[tokenSHA256], entry.token == nil, now < entry.until else { return nil }
            return entry.person
        }
    }

    func holder(_ tokenSHA256: [UInt8], at now: Duration) -> (person: Person, token: APIToken)? {
        entries.withLock { entries in
            guard let entry = entries[tokenSHA256], let token = entry.token, now < entry.until else { return nil }
            return (entry.person, token)
        }
    }

    func remember(_ person: Person, _ tokenSHA256: [UInt8], as token: APIToken? = nil, at now: Duration) {
        entries.withLock { entries in
            // Everything here is asked again within seconds: starting over is cheaper than choosing.
            if entries.count >= Self.mostEntries { entries = entries.filter { now < $0.value.until } }
            if entries.count >= Self.mostEntries { entries = [:] }
            entries[tokenSHA256] = Entry(person: person, token: token, until: now + Self.remembered)
        }
    }

    func forget(_ tokenSHA256: [UInt8]) {
        entries.withLock { $0[tokenSHA256] = nil }
    }

    func forget(_ token: APITokenID) {
        entries.withLock { entries in entries = entries.filter { $0.value.token?.id != token } }
    }

    func forget(_ person: PersonID) {
        entries.withLock { entries in entries = entries.filter { $0.value.person.id != person } }
    }
}
