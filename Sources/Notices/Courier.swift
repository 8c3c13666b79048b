public import Domain
public import NIOCore

/// Sends a message through a channel, once. Whether it is sent again, others decide.
public struct Courier: Sendable {
    private let mail: MailSettings?
    private let eventLoops: any EventLoopGroup
    private let time: TimeSource
    private let zone: TerritoryZone
    private let trust: Trust

    /// - Parameter mail: nil = this node sends no mail.
    public init(
        mail: MailSettings?, trust: Trust = Trust(), eventLoops: any EventLoopGroup, time: TimeSource,
        zone: TerritoryZone
    ) {
        self.mail = mail
        self.trust = trust
        self.eventLoops = eventLoops
        self.time = time
        self.zone = zone
    }

    /// Ends within a minute.
    /// - Parameters:
    ///   - id: The same with every attempt: Message-ID, and Idempotency-Key.
    ///   - news: For other programs; nil = it is only a test.
    public func send(_ message: NoticeMessage, about news: OutgoingNews?, id: String, through channel: NoticeChannel)
        async
        -> SendOutcome
    {
        switch channel.kind {
        case .mail:
            // What an administrator can put right is tried again.
            guard let mail else { return .later(SendFault(.notSetUp)) }
            let letter = Letter(
                id: id, from: mail.from, name: mail.name, to: channel.address.reveal(), date: time.now(), zone: zone,
                message: message)
            return await SMTPClient(settings: mail, trust: trust, eventLoops: eventLoops).send(letter)
        case .webhook:
            let request = WebhookRequest(
                id: id, message: message, news: news?.ofCase, affair: news?.affair, key: channel.key,
                address: channel.address, at: time.now(),
                zone: zone)
            return request.outcome(of: await post(request.post))
        case .wecom, .dingtalk, .feishu:
            let robot = Robot(kind: channel.kind, address: channel.address, key: channel.key)
            return robot.outcome(of: await post(robot.post(message, at: time.now())))
        }
    }

    private func post(_ post: HTTPPost) async -> HTTPAnswer { await post.send(on: eventLoops, trust: trust) }
}

/// Which certificates are believed.
public struct Trust: Sendable, Hashable {
    /// A PEM file of authorities to believe besides the system's; nil = none.
    public var authorities: String?

    public init(authorities: String? = nil) { self.authorities = authorities }
}

extension SendFault {
    /// With what the other side said: one line, printable, without secrets.
    init(_ kind: Kind, quoting text: String, hiding secrets: [Secret?] = []) {
        var text = text
        for secret in secrets.compactMap({ $0?.reveal() }) where !secret.isEmpty {
            text = text.replacing(secret, with: "•••")
        }
        let printable = text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : Character($0) }
        let line = String(printable).split(separator: " ").joined(separator: " ")
        self.init(kind, answer: String(line.prefix(200)))
    }
}
