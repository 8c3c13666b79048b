import Cameras
import Domain
import Foundation
import Store
import Testing

@testable import Mingchu

struct SettingsTests {
    private func settings(
        file: String? = nil, environment: [String: String] = [:], flags: [String: String] = [:]
    ) throws -> Settings {
        try Settings(
            SettingValues(file: file.map { ("mingchu.yaml", $0) }, environment: environment, flags: flags))
    }

    @Test func `the sample file in the documentation is the one the program prints, and it is the defaults`() throws {
        let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("docs/reference/mingchu.sample.yaml")
        let sample = try String(contentsOf: path, encoding: .utf8)
        #expect(sample == SampleSettings.text)
        let defaults = try settings()
        let sampled = try settings(file: sample)
        #expect(sampled.recorder == defaults.recorder)
        #expect(sampled.listenPort == defaults.listenPort && sampled.listenHost == defaults.listenHost)
        #expect(sampled.dataFolder == defaults.dataFolder && sampled.zone == defaults.zone)
    }

    @Test func `the environment goes before the file, the command line before both`() throws {
        let file = "recording:\n  retention_days: 10\n"
        let environment = ["MINGCHU_RECORDING_RETENTION_DAYS": "20"]
        #expect(try settings(file: file).recorder.retentionDays == 10)
        #expect(try settings(file: file, environment: environment).recorder.retentionDays == 20)
        #expect(
            try settings(file: file, environment: environment, flags: ["recording.retention_days": "40"]).recorder
                .retentionDays == 40)
    }

    @Test(arguments: [
        (
            "recording:\n  retention_days: 6\n",
            "recording.retention_days (mingchu.yaml): must be a number from 7 to 3650"
        ),
        ("recording:\n  retention_days: many\n", "must be a number from 7 to 3650"),
        ("recording:\n  retention: 9\n", "there is no setting “recording.retention”"),
        ("listen: 8080\n", "listen (mingchu.yaml): must be HOST:PORT"),
        ("territory:\n  utc_offset: 8\n", "territory.utc_offset (mingchu.yaml): must be like +08:00"),
        ("log:\n  level: loud\n", "must be one of trace, debug"),
        ("- a\n- b\n", "expected `name: value` lines"),
        ("a: [", "is no YAML"),
        ("web:\n  secure_cookies: maybe\n", "must be true or false"),
    ])
    func `a wrong line is refused with its place and what it must be`(file: String, message: String) {
        let error = #expect(throws: SettingsError.self) { try settings(file: file) }
        #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
    }

    @Test func `an empty file is no settings`() throws {
        #expect(try settings(file: "").recorder.retentionDays == 30)
        #expect(try settings(file: "# nothing\n").listenPort == 8080)
    }

    @Test func `records are a file below the data folder, any file, or a server`() throws {
        #expect(try settings(file: "data: /d\n").records == .file("/d/mingchu.sqlite"))
        #expect(try settings(file: "records: /elsewhere/a.db\n").records == .file("/elsewhere/a.db"))
        let address = "postgresql://u:p%40ss@a,b:5433/mingchu?sslmode=verify-full&target_session_attrs=read-write"
        #expect(try settings(flags: ["records": address]).records == .server(Secret(address)))
        #expect(try settings(environment: ["MINGCHU_RECORDS": address]).records == .server(Secret(address)))
    }

    @Test(arguments: ["hun%ter2@db", "hun@ter2@db/x", "hun/ter2@db/x", "hunter2@db/x?no_such=1", "hunter2@db:port/x"])
    func `an address that can't be read is refused without showing its password`(rest: String) throws {
        let error = #expect(throws: SettingsError.self) {
            try settings(environment: ["MINGCHU_RECORDS": "postgres://u:" + rest])
        }
        #expect(error?.description.contains("records (MINGCHU_RECORDS): expected postgres://") == true)
        for part in ["hun", "ter2"] { #expect(error?.description.contains(part) == false) }
        #expect(try "\(settings(flags: ["records": "postgres://u:hunter2@db"]))".contains("hunter2") == false)
    }
}
