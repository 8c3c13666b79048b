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
    let camera: Camera

    init(in path: String, time: TimeSource, sending: SendingPolicy = .standard) async throws {
        folder = try DataFolder.open(path)
        supervision = Supervision(
            store: try await folder.openStore(.file(path + "/mingchu.sqlite")), time: time,
            passwordCost: PasswordCost(logRounds: 4, blockSize: 8, parallelism: 1), sending: sending)
        let school = try await supervision.places.addSchool("实验小学", by: .console)
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
