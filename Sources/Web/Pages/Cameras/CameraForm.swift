import Crypto
import Domain
import Supervision

/// The fields of a camera as somebody typed them, so that a page can give them back whatever is wrong with them.
///
/// A password is never among them: pages don't send one back, not even to the person who typed it.
struct CameraForm: Sendable {
    /// An area's identifier, or ``newArea``.
    var area = ""
    /// For a new area: a school's identifier, or ``newSchool``.
    var school = ""
    var schoolName = ""
    var areaKind = Area.Kind.cooking.rawValue
    var areaName = ""
    var name = ""
    var main = ""
    var sub = ""
    var user = ""
    var dropsCredentials = false
    var transport = Camera.Transport.tcp.rawValue
    var client = Camera.Client.native.rawValue
    var verifiesCertificate = false
    var isEnabled = true
    var isRecorded = true
    var retentionDays = ""

    static let newArea = "new"
    static let newSchool = "new"

    init() {}

    init(_ camera: Camera) {
        area = "\(camera.area)"
        name = camera.name
        main = "\(camera.main)"
        sub = camera.sub.map { "\($0)" } ?? ""
        user = camera.credentials?.user ?? ""
        transport = camera.transport.rawValue
        client = camera.client.rawValue
        verifiesCertificate = camera.verifiesCertificate
        isEnabled = camera.isEnabled
        isRecorded = camera.isRecorded
        retentionDays = camera.retentionDays.map { "\($0)" } ?? ""
    }

    init(_ fields: FormFields) {
        area = fields.text("area") ?? ""
        school = fields.text("school") ?? ""
        schoolName = fields.text("schoolName") ?? ""
        areaKind = fields.text("areaKind") ?? areaKind
        areaName = fields.text("areaName") ?? ""
        name = fields.text("name") ?? ""
        main = fields.text("main") ?? ""
        sub = fields.text("sub") ?? ""
        user = fields.text("user") ?? ""
        dropsCredentials = fields.flag("dropsCredentials")
        transport = fields.text("transport") ?? transport
        client = fields.text("client") ?? client
        verifiesCertificate = fields.flag("verifiesCertificate")
        isEnabled = fields.flag("isEnabled")
        isRecorded = fields.flag("isRecorded")
        retentionDays = fields.text("retentionDays") ?? ""
    }

    /// Changes whenever somebody changes any of the camera's settings but its password.
    static func stamp(of camera: Camera) -> String {
        let form = CameraForm(camera)
        let text = [
            form.area, form.name, form.main, form.sub, form.user, form.transport, form.client,
            "\(form.verifiesCertificate)", "\(form.isEnabled)", "\(form.isRecorded)", form.retentionDays,
        ].joined(separator: "\n")
        return SHA256.hash(data: Array(text.utf8)).prefix(12).map { String($0, radix: 16) }.joined(separator: "-")
    }
}

/// The part of the form that says where a stream comes from: what a probe needs.
struct SourceSettings: Sendable {
    var main: SourceAddress
    var sub: SourceAddress?
    var credentials: Credentials?
    var transport: Camera.Transport
    var client: Camera.Client
    var verifiesCertificate: Bool
}

/// What is wrong with a form, by field.
struct FormFaults: Error, Sendable {
    var byField: [String: String] = [:]

    static func fault(_ field: String, _ text: String) -> FormFaults { FormFaults(byField: [field: text]) }
}

extension CameraForm {
    /// Reads addresses and credentials, and takes a user name and password out of an address that holds them: the
    /// form shows it without them afterwards.
    ///
    /// - Parameters:
    ///   - password: As typed; empty = the stored one stays.
    ///   - stored: What the camera has now.
    mutating func source(
        password: String, stored: Credentials?, words: Words
    ) throws(FormFaults) -> SourceSettings {
        var faults = FormFaults()
        var embedded: Credentials?
        var mainAddress: SourceAddress?
        var subAddress: SourceAddress?
        do throws(SourceAddress.ParseError) {
            let parsed = try SourceAddress.parse(main)
            (mainAddress, embedded) = (parsed.address, parsed.credentials)
            main = "\(parsed.address)"
        } catch {
            faults.byField["main"] = words(error)
            main = CameraForm.withoutCredentials(main)
        }
        if !sub.isEmpty {
            do throws(SourceAddress.ParseError) {
                let parsed = try SourceAddress.parse(sub)
                subAddress = parsed.address
                embedded = embedded ?? parsed.credentials
                sub = "\(parsed.address)"
            } catch {
                faults.byField["sub"] = words(error)
                sub = CameraForm.withoutCredentials(sub)
            }
        }
        if user.isEmpty, let embedded { user = embedded.user }
        var credentials: Credentials?
        if !dropsCredentials, !user.isEmpty {
            let typed = password.isEmpty ? (embedded?.user == user ? embedded?.password : nil) : Secret(password)
            credentials = Credentials(user: user, password: typed ?? stored?.password ?? Secret(""))
        }
        guard let transport = Camera.Transport(rawValue: transport), let client = Camera.Client(rawValue: client)
        else { throw .fault("main", words("bad.choice")) }
        guard faults.byField.isEmpty, let mainAddress else { throw faults }
        return SourceSettings(
            main: mainAddress, sub: subAddress, credentials: credentials, transport: transport, client: client,
            verifiesCertificate: verifiesCertificate)
    }

    /// Text that can't be read as an address may still hold a password before its last `@`.
    private static func withoutCredentials(_ text: String) -> String {
        guard let at = text.lastIndex(of: "@") else { return text }
        let scheme = text.firstRange(of: "://").map { String(text[..<$0.upperBound]) } ?? ""
        return scheme + text[text.index(after: at)...]
    }

    func retention(words: Words) throws(FormFaults) -> Int? {
        guard !retentionDays.isEmpty else { return nil }
        guard let days = Int(retentionDays), (7...3650).contains(days) else {
            throw .fault("retentionDays", words(.retentionDays, .outOfRange(minimum: 7, maximum: 3650)))
        }
        return days
    }
}
