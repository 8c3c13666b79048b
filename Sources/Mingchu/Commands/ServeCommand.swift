import ArgumentParser
import Domain
import Foundation
import Hummingbird
import Logging
import ServiceLifecycle
import Store
import Supervision
import UnixSignals

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Connect the cameras, record them, and serve the pages.",
        discussion: """
            On the first start it makes an administrator and prints the password, once.
            Ends cleanly on SIGTERM and Ctrl-C: recordings are closed and indexed.
            """)
    @OptionGroup var common: SettingsOptions
    @Option(help: ArgumentHelp("Address and port of the pages.", valueName: "host:port")) var listen: String?
    @Flag(help: "Set up a canteen of three simulated kitchens, if there is no school yet.") var demo = false

    func run() async throws {
        let settings = try common.load(listen.map { [SettingKey.listen.name: $0] } ?? [:])
        LoggingSystem.bootstrap(StreamLogHandler.standardError)
        var log = Logger(label: "mingchu")
        log.logLevel = settings.logLevel
        // A viewer who closes the connection must not end the program.
        signal(SIGPIPE, SIG_IGN)

        let folder = try DataFolder.open(settings.dataFolder)
        let lock = try folder.lock()
        defer { withExtendedLifetime(lock) {} }
        let node = try await Node.build(
            settings: settings, store: try await folder.openStore(settings.records), time: .system, log: log)
        if let password = try await node.supervision.signIn.createFirstAdministrator() {
            // To the terminal, never to the log.
            say(
                """

                First start. Sign in with / 首次启动，请登录：
                  account  账号: admin
                  password 密码: \(password.reveal())
                It is not shown again and must be changed after signing in. / 仅显示一次，登录后须修改。

                """)
        }
        if demo {
            for person in try await DemoCanteen(supervision: node.supervision).setUp() {
                say("  \(person.account)  \(person.password.reveal())  \(person.name)")
            }
        }
        try await node.recover()
        try await node.supervision.ledger.noteStart(version: MingchuCommand.version)
        let services = node.services { port in
            say("Mingchu serves http://\(settings.listenHost):\(port)/  (Ctrl-C ends it)")
        }
        var configuration = ServiceGroupConfiguration(
            services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: log)
        configuration.maximumGracefulShutdownDuration = .seconds(20)
        try await ServiceGroup(configuration: configuration).run()
    }

    /// To standard output at once, also when that is a file or a pipe.
    private func say(_ text: String) { FileHandle.standardOutput.write(Data((text + "\n").utf8)) }
}
