import Domain
import Store
import Supervision

/// Makes a county with a year behind it: a simulated clock drives the real use cases from a year ago until now. (演示县)
struct CountyDemo {
    struct NotEmpty: Error, CustomStringConvertible {
        let folder: String
        var description: String {
            "there are schools or people in \(folder) already; name another folder for the demo county with --data."
        }
    }

    let plan: CountyPlan
    let settings: Settings
    let folder: DataFolder
    let store: Store
    let time: TimeSource
    /// Of an earlier county with the same plan; nil = they are drawn.
    var pictures: CountyPictures?

    /// What a password costs while nobody knows it: those that are told are made anew at the end.
    private static let cheap = PasswordCost(logRounds: 4, blockSize: 8, parallelism: 1)

    /// - Parameter progress: 0…1, and what is being done.
    /// - Returns: Who was given an account, with initial passwords; nil when the county is there already.
    func make(progress: (Double, String) -> Void) async throws -> [DemoAccount]? {
        let marker = CountyMarker(folder: folder)
        try marker.requireWhole()
        if marker.state == .made { return nil }
        let end = time.now()
        let last = Day(of: end, in: settings.zone)
        let days = DaySpan(last - plan.days, through: last)
        let clock = DemoClock(at: days.first.time(minute: 7 * 60, in: settings.zone))
        let supervision = Supervision(
            store: store, time: clock.source, zone: settings.zone, passwordCost: Self.cheap)
        guard try await supervision.people.list(for: .node).isEmpty,
            try await supervision.places.tree(for: .node).isEmpty
        else { throw NotEmpty(folder: folder.path) }
        try marker.set(.making)
        let pictures =
            if let pictures { pictures } else {
                try await CountyPictures.draw(seed: plan.seed, variants: plan.variants) {
                    progress($0 * 0.2, "drawing pictures")
                }
            }
        let stage = CountyStage(
            plan, clock: clock, days: days, end: end, supervision: supervision,
            evidence: EvidenceFolder(root: settings.evidenceFolder, zone: settings.zone),
            attachments: settings.attachments,
            checkpoints: try folder.checkpoints(of: store, time: clock.source), pictures: pictures,
            press: try CountyPress(supervision, store: store, settings: settings, time: clock.source))
        for chapter in CountyChapter.all { try await chapter.begin(stage) }
        try await stage.run { share, day in progress(0.2 + share * 0.8, "\(day)") }
        try await CountyEnd(stage: stage).settle()
        let accounts = try await accounts(of: stage)
        try marker.set(.made)
        return accounts
    }

    /// Passwords at their full cost, of the accounts that a newcomer tries.
    private func accounts(of stage: CountyStage) async throws -> [DemoAccount] {
        let people = Supervision(store: store, time: time, zone: settings.zone).people
        var accounts: [DemoAccount] = []
        for account in ["admin", "supervisor", "township", "education", "school", "leader", "hall"] {
            guard let person = stage.people.everybody.first(where: { $0.account == account }) else { continue }
            let password = try await people.resetPassword(of: person.id, by: .node)
            accounts.append(DemoAccount(account: account, name: person.name, password: password))
        }
        return accounts
    }
}
