import Domain
import Store
import Supervision
import TestSupport

@testable import Mingchu

/// A county with a school and its people, whose cases are opened by a supervisor on patrol.
struct NoticeCounty: Sendable {
    let supervision: Supervision
    let folder: DataFolder
    let supervisor: Principal
    let school: School
    let camera: Camera
    private let store: Store

    /// - Parameter records: nil = a file in the folder.
    init(
        in path: String, records: RecordsAddress? = nil, time: TimeSource, sending: SendingPolicy = .standard
    ) async throws {
        folder = try DataFolder.open(path)
        store = try await folder.openStore(records ?? .file(path + "/mingchu.sqlite"))
        supervision = Supervision(
            store: store, time: time,
            passwordCost: PasswordCost(logRounds: 4, blockSize: 8, parallelism: 1), sending: sending)
        school = try await supervision.places.addSchool("实验小学", by: .console)
        let area = try await supervision.places.addArea(to: school.id, kind: .cooking, by: .console)
        camera = try await supervision.cameras.add(
            CameraDraft(
                area: area.id, name: "灶台", main: SourceAddress(scheme: .sim, host: "cooking"), isEnabled: false),
            by: .console)
        _ = try await supervision.people.add(
            account: "chief", name: "Chief", role: .administrator, school: nil, by: .console)
        supervisor = .person(
            try await supervision.people.add(
                account: "super", name: "Super", role: .supervisor, school: nil, by: .console
            ).person)
    }

    func close() async throws { try await store.close() }

    /// A token that opens and handles cases in the name of somebody who is past the change of the initial password.
    func token(account: String, _ role: Role, school: SchoolID? = nil) async throws -> String {
        let (person, initial) = try await supervision.people.add(
            account: account, name: account, role: role, school: school, by: .console)
        let session = try await supervision.signIn.signIn(account: account, password: initial, from: "127.0.0.1")
        try await supervision.signIn.changeOwnPassword(
            of: person, old: initial, new: Secret("correct-horse-battery"), keeping: session.token)
        return try await supervision.tokens.add(
            name: "test", scopes: [.readCases, .writeCases], lifetime: .seconds(86_400), by: .person(person)
        ).text.reveal()
    }

    /// Each is about another matter, so that none is a recurrence.
    func opened(_ number: Int) async throws -> CaseID {
        try await supervision.cases.open(
            CaseDraft(
                .patrol(
                    CaseOpening.Patrol(camera: camera.id, time: UTCTime(milliseconds: 1_795_392_000_000), isLive: true),
                    .other("事项 \(number)"), .two)), by: supervisor
        ).id
    }

    func channel(_ kind: NoticeChannel.Kind, _ address: String) async throws {
        _ = try await supervision.channels.add(
            ChannelDraft(
                owner: .body(.educationBureau), kind: kind, name: "\(kind)", address: Secret(address),
                key: kind == .webhook ? Secret("key") : nil), by: .console)
    }
}
