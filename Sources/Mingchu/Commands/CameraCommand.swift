import ArgumentParser
import Cameras
import Domain
import Supervision

struct CameraCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "camera", abstract: "Add, list, change and remove cameras, also while the program serves.",
        subcommands: [Add.self, List.self, Set.self, Remove.self])

    /// What `add` and `set` share.
    struct Options: ParsableArguments {
        @Option(help: "Address of a second, smaller stream of the same picture; \"none\" takes it away.")
        var sub: String?
        @Option(help: "User name at the camera; may also stand in the address.")
        var user: String?
        @Flag(help: "Read the camera's password from standard input: it then stands in no list of processes.")
        var passwordStdin = false
        @Option(help: "tcp or udp.")
        var transport: Camera.Transport?
        @Option(help: "native, or compatible for cameras that our own client can't talk to.")
        var client: Camera.Client?
        @Option(help: "Whether to record: true or false.")
        var record: Bool?
        @Option(help: "Days that footage is kept, 7…3650; 0 = the node's setting.")
        var retentionDays: Int?
        @Option(help: "rtsps: whether the camera's certificate must be signed by somebody we know.")
        var verifyCertificate: Bool?

        func password() -> Secret? { passwordStdin ? readLine(strippingNewline: true).map { Secret($0) } : nil }
    }

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Add a camera; school and area are made if missing.")
        @OptionGroup var common: SettingsOptions
        @OptionGroup var options: Options
        @Option(help: "Name of the school.") var school: String
        @Option(help: "Name of the area; without it, the name of its kind.") var area = ""
        @Option(help: "preparation, washing, cooking or other. (切配区、洗消区、烹饪区)") var kind = Area.Kind.cooking
        @Option(help: "Name of the camera.") var name: String
        @Argument(help: "rtsp://…, rtsps://…, a video file, or sim://cooking?people=2.") var address: String

        func run() async throws {
            let supervision = try await common.openSupervision()
            let (main, inAddress) = try readAddress(address)
            let sub = try options.sub.flatMap { $0 == "none" ? nil : try readAddress($0) }
            var credentials = inAddress ?? sub?.credentials
            if let user = options.user {
                credentials = Credentials(user: user, password: options.password() ?? Secret(""))
            }
            let area = try await findOrMakeArea(supervision.places)
            let camera = try await supervision.cameras.add(
                CameraDraft(
                    area: area, name: name, main: main, sub: sub?.address, credentials: credentials,
                    transport: options.transport ?? .tcp, client: options.client ?? .native,
                    verifiesCertificate: options.verifyCertificate ?? false, isRecorded: options.record ?? true,
                    retentionDays: options.retentionDays.flatMap { $0 == 0 ? nil : $0 }),
                by: .console)
            print(camera.id)
        }

        private func findOrMakeArea(_ places: Places) async throws -> AreaID {
            let tree = try await places.tree(for: .console)
            let found = tree.first { $0.school.name == school }
            let schoolID: SchoolID
            if let found {
                schoolID = found.school.id
            } else {
                schoolID = try await places.addSchool(school, by: .console).id
            }
            if let area = found?.areas.first(where: { $0.area.kind == kind && $0.area.name == area }) {
                return area.area.id
            }
            return try await places.addArea(to: schoolID, kind: kind, name: area, by: .console).id
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the cameras: id, place, name, address.")
        @OptionGroup var common: SettingsOptions

        func run() async throws {
            let tree = try await common.openSupervision().places.tree(for: .console)
            for school in tree {
                for area in school.areas {
                    for camera in area.cameras {
                        let place = area.area.name.isEmpty ? area.area.kind.rawValue : area.area.name
                        let fields = [
                            "\(camera.id)", school.school.name, place, camera.name, "\(camera.main)",
                            camera.isEnabled ? "" : "disabled",
                        ]
                        print(fields.joined(separator: "\t"))
                    }
                }
            }
        }
    }

    struct Set: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Change a camera: only what is given changes.")
        @OptionGroup var common: SettingsOptions
        @OptionGroup var options: Options
        @Option(help: "Another name.") var name: String?
        @Option(help: "Another address.") var address: String?
        @Option(help: "Switched on or off: true or false.") var enabled: Bool?
        @Argument(help: "The camera's id, as `mingchu camera list` shows it.") var camera: CameraID

        func run() async throws {
            let supervision = try await common.openSupervision()
            var changed = try await supervision.cameras.camera(camera, for: .console)
            if let name { changed.name = name }
            if let address {
                let (main, credentials) = try readAddress(address)
                changed.main = main
                if let credentials { changed.credentials = credentials }
            }
            if let sub = options.sub { changed.sub = sub == "none" ? nil : try readAddress(sub).address }
            if let user = options.user {
                changed.credentials = Credentials(user: user, password: options.password() ?? Secret(""))
            } else if let password = options.password() {
                changed.credentials = Credentials(user: changed.credentials?.user ?? "", password: password)
            }
            if let transport = options.transport { changed.transport = transport }
            if let client = options.client { changed.client = client }
            if let record = options.record { changed.isRecorded = record }
            if let days = options.retentionDays { changed.retentionDays = days == 0 ? nil : days }
            if let verify = options.verifyCertificate { changed.verifiesCertificate = verify }
            if let enabled { changed.isEnabled = enabled }
            try await supervision.cameras.change(changed, by: .console)
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Remove a camera. Its footage stays until its days are over.")
        @OptionGroup var common: SettingsOptions
        @Argument(help: "The camera's id.") var camera: CameraID

        func run() async throws {
            try await common.openSupervision().cameras.remove(camera, by: .console)
        }
    }
}
