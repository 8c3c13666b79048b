/// One setting: its name in the file, what it means, and what it may be. The list is the reference:
/// the sample file is made from it, and a test holds the two together.
struct SettingKey: Sendable {
    /// As in the file, with dots: `recording.retention_days`.
    let name: String
    let defaultValue: String
    /// What it is, with unit and range; one line each.
    let help: [String]
    /// May hold a password: messages don't show it.
    var isSecret = false

    /// `MINGCHU_RECORDING_RETENTION_DAYS`
    var environmentName: String {
        "MINGCHU_" + name.uppercased().split(separator: ".").joined(separator: "_")
    }

    static let data = SettingKey(
        name: "data", defaultValue: "./data",
        help: ["Folder of everything that is kept: database, keys, recordings. Made when it is missing."])
    static let records = SettingKey(
        name: "records", defaultValue: "mingchu.sqlite",
        help: [
            "Database of everything but footage and evidence: a file, absolute or below the data folder, or",
            "postgres://USER:PASSWORD@HOST:5432/DATABASE, where several nodes can share it (docs/guide/operation.md).",
        ], isSecret: true)
    static let listen = SettingKey(
        name: "listen", defaultValue: "127.0.0.1:8080",
        help: [
            "Address and port of the web pages. 0.0.0.0:8080 = reachable from everywhere;",
            "put a reverse proxy with TLS in front of it then (docs/guide/operation.md).",
        ])
    static let secureCookies = SettingKey(
        name: "web.secure_cookies", defaultValue: "false",
        help: ["true when browsers reach the pages by https only: cookies are then never sent without TLS."])
    static let trustsProxy = SettingKey(
        name: "web.trusts_proxy", defaultValue: "false",
        help: [
            "true when all requests come through a reverse proxy that sets X-Forwarded-For (docs/reference/nginx.sample.conf):",
            "attempts are then counted for each client and not for the proxy.",
        ])
    static let publicAddress = SettingKey(
        name: "web.public_address", defaultValue: "none",
        help: [
            "Where people reach the pages, as in https://mingchu.example.gov.cn: messages lead there.",
            "none = they hold no links.",
        ])
    static let mailServer = SettingKey(
        name: "mail.server", defaultValue: "none",
        help: ["Mail server that takes this node's mail (SMTP). none = no mail is sent."])
    static let mailPort = SettingKey(
        name: "mail.port", defaultValue: "465",
        help: ["Its port: usually 465 with tls, 587 with starttls, 25 with none."])
    static let mailEncryption = SettingKey(
        name: "mail.encryption", defaultValue: "tls",
        help: ["tls, starttls, or none for a server on this machine. The server's certificate is checked."])
    static let mailUser = SettingKey(
        name: "mail.user", defaultValue: "none", help: ["User name. none = the server wants none."])
    static let mailPasswordFile = SettingKey(
        name: "mail.password_file", defaultValue: "none",
        help: ["File whose first line is the password, readable by this program only."])
    static let mailFrom = SettingKey(
        name: "mail.from", defaultValue: "none", help: ["Mail address that stands in From."])
    static let mailFromName = SettingKey(
        name: "mail.from_name", defaultValue: "明厨", help: ["Name that stands in From."])
    static let authorities = SettingKey(
        name: "notices.authorities", defaultValue: "none",
        help: [
            "PEM file of certificate authorities to believe besides the system's, for mail servers and webhooks",
            "inside your network.",
        ])
    static let recordings = SettingKey(
        name: "recording.folder", defaultValue: "recordings",
        help: ["Folder of the footage, absolute or below the data folder."])
    static let retentionDays = SettingKey(
        name: "recording.retention_days", defaultValue: "30",
        help: ["Days that footage is kept, 7…3650. A camera can have its own number."])
    static let budget = SettingKey(
        name: "recording.budget_gb", defaultValue: "0",
        help: ["All footage together, in GB (10^9 bytes), 0…1000000; the oldest goes first. 0 = as much as fits."])
    static let reserve = SettingKey(
        name: "recording.reserve_gb", defaultValue: "2",
        help: ["What is always left free on the disk of the footage, in GB, 0…10000."])
    static let evidence = SettingKey(
        name: "evidence.folder", defaultValue: "evidence",
        help: [
            "Folder of pictures and clips of captures, absolute or below the data folder. Retention leaves it alone.",
            "The pictures of the blind sample lie there too, for analysis.sample_retention_days.",
        ])
    static let analysis = SettingKey(
        name: "analysis.enabled", defaultValue: "true",
        help: ["false: this node records and shows, and another one analyses, or none."])
    static let analysisThreads = SettingKey(
        name: "analysis.threads", defaultValue: "0",
        help: ["Threads that analyse pictures, 0…64. 0 = as many as the machine has cores."])
    static let sampleFrames = SettingKey(
        name: "analysis.sample_frames", defaultValue: "6",
        help: [
            "Analysed pictures of each camera and day that are drawn at random for people to look at, 0…100:",
            "an estimate of what the program misses. 0 = none.",
        ])
    static let sampleDays = SettingKey(
        name: "analysis.sample_retention_days", defaultValue: "90",
        help: ["Days that these pictures are kept, 1…3650; what people saw in them stays as figures."])
    static let publicScreens = SettingKey(
        name: "public.screens", defaultValue: "0",
        help: [
            "Cameras that the public may watch at once, 0…200; each takes about a fifth of a core while somebody watches.",
            "0 = two for each core.",
        ])
    static let models = SettingKey(
        name: "analysis.models", defaultValue: "auto",
        help: ["Folder of the models. auto = beside the program, or above it."])
    static let openVINO = SettingKey(
        name: "analysis.openvino", defaultValue: "auto",
        help: ["OpenVINO's library or its folder. auto = the usual places."])
    static let workingHours = SettingKey(
        name: "analysis.working_hours", defaultValue: "05:30-19:30",
        help: [
            "When kitchens work, HH:MM-HH:MM, up to 24:00: hats, masks and phones count in these hours,",
            "people in the kitchen outside of them.",
        ])
    static let workingDays = SettingKey(
        name: "analysis.working_days", defaultValue: "1234567",
        help: ["On which days, 1 = Monday … 7 = Sunday."])
    static let timeZone = SettingKey(
        name: "territory.time_zone", defaultValue: "Asia/Shanghai",
        help: ["The zone in which people read the clock: its IANA name, for browsers …"])
    static let utcOffset = SettingKey(
        name: "territory.utc_offset", defaultValue: "+08:00",
        help: ["… and its distance from UTC, ±hh:mm, for files and reports."])
    static let hallLibrary = SettingKey(
        name: "hall.leaflet", defaultValue: "/usr/share/javascript/leaflet",
        help: ["Folder of Leaflet, which draws the hall's map: where the Debian package libjs-leaflet puts it."])
    static let hallTiles = SettingKey(
        name: "hall.map_tiles", defaultValue: "none",
        help: [
            "Address of map tiles for the hall's map, as in https://tiles.example.gov.cn/{z}/{x}/{y}.png.",
            "none = the map shows the county's outline and its schools alone, and needs no network.",
        ])
    static let logLevel = SettingKey(
        name: "log.level", defaultValue: "info",
        help: ["trace, debug, info, notice, warning, error or critical."])

    static let all = [
        data, records, listen, secureCookies, trustsProxy, publicAddress, mailServer, mailPort, mailEncryption,
        mailUser, mailPasswordFile, mailFrom, mailFromName, authorities, recordings, retentionDays, budget, reserve,
        evidence,
        analysis,
        analysisThreads, models, openVINO, workingHours, workingDays, sampleFrames, sampleDays,
        publicScreens, hallLibrary, hallTiles, timeZone, utcOffset, logLevel,
    ]
}
