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
    @Option(
        defaultAsFlag: .kitchens, parsing: .next,
        help: ArgumentHelp(
            "Set up something to look at: a canteen of three simulated kitchens, if there is no school yet, or a county with a year behind it, in a new data folder.",
            valueName: "kitchens|county"))
    var demo: Demo?

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
        let store = try await folder.openStore(settings.records)
        if demo == .county {
            try await makeCounty(settings, folder, store)
        } else {
            try CountyMarker(folder: folder).requireWhole()
        }
        let node = try await Node.build(settings: settings, store: store, time: .system, log: log)
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
        if demo == .kitchens { tell(try await DemoCanteen(supervision: node.supervision).setUp()) }
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

    private func makeCounty(_ settings: Settings, _ folder: DataFolder, _ store: Store) async throws {
        var line = ProgressLine()
        let county = CountyDemo(plan: .standard, settings: settings, folder: folder, store: store, time: .system)
        let accounts = try await county.make { line.show($0, "making a county's year: \($1)") }
        line.clear()
        guard let accounts else { return }
        say("\nA county with a year behind it. First passwords, to be changed / 演示县已建成，初始密码（登录后须修改）：")
        tell(accounts)
    }

    private func tell(_ accounts: [DemoAccount]) {
        for person in accounts { say("  \(person.account)  \(person.password.reveal())  \(person.name)") }
    }

    /// To standard output at once, also when that is a file or a pipe.
    private func say(_ text: String) { FileHandle.standardOutput.write(Data((text + "\n").utf8)) }
}
