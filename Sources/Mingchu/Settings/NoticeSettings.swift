import Domain
import Foundation
import Notices

/// How messages leave this node.
struct NoticeSettings: Sendable {
    /// nil = no mail is sent.
    var server: String?
    var port: Int
    var encryption: MailSettings.Encryption
    /// nil = the server wants none.
    var user: String?
    var passwordFile: String?
    var from: String
    var fromName: String
    var trust: Trust
    /// Without a slash at its end; nil = messages hold no links.
    var publicAddress: String?

    init(_ values: SettingValues) throws(SettingsError) {
        server = try values.optional(.mailServer)
        port = Int(try values.number(.mailPort, in: 1...65_535))
        guard let encryption = MailSettings.Encryption(rawValue: try values.text(.mailEncryption)) else {
            throw values.flaw(.mailEncryption, "must be tls, starttls or none")
        }
        self.encryption = encryption
        user = try values.optional(.mailUser)
        passwordFile = try values.optional(.mailPasswordFile)
        from = try values.optional(.mailFrom) ?? ""
        fromName = try values.text(.mailFromName)
        if server != nil {
            // It stands in the mail's envelope and header: nothing that would mean something there.
            let isAddress =
                from.split(separator: "@", omittingEmptySubsequences: false).filter { !$0.isEmpty }.count == 2
                && from.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: ">") }
            guard isAddress else { throw values.flaw(.mailFrom, "must be a mail address when mail.server is set") }
            guard (user == nil) == (passwordFile == nil) else {
                throw values.flaw(.mailPasswordFile, "goes with mail.user: both or neither")
            }
        }
        trust = Trust(authorities: try values.optional(.authorities))
        if let address = try values.optional(.publicAddress) {
            guard address.hasPrefix("https://") || address.hasPrefix("http://"), !address.contains(" ") else {
                throw values.flaw(.publicAddress, "must begin with https:// or http://")
            }
            publicAddress = address.hasSuffix("/") ? String(address.dropLast()) : address
        }
    }

    /// Reads the password. nil = no mail is sent.
    func mail() throws(SettingsError) -> MailSettings? {
        guard let server else { return nil }
        var credentials: Credentials?
        if let user, let passwordFile {
            guard let text = try? String(contentsOfFile: passwordFile, encoding: .utf8) else {
                throw SettingsError(description: "mail.password_file: can't read \(passwordFile)")
            }
            let password = text.prefix { !$0.isNewline }
            credentials = Credentials(user: user, password: Secret(String(password)))
        }
        return MailSettings(
            host: server, port: port, encryption: encryption, credentials: credentials, from: from, name: fromName)
    }
}
