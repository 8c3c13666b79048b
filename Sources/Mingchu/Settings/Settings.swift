import Cameras
import Domain
import Foundation
import Logging
import Store
import Supervision
import Web

/// What the program was told, checked: from the file, then the environment, then the command line; the last word wins.
struct Settings: Sendable {
    var dataFolder: String
    var records: RecordsAddress
    var listenHost: String
    var listenPort: Int
    var usesSecureCookies: Bool
    var trustsProxy: Bool
    var notices: NoticeSettings
    var recorder: RecorderSettings
    var evidenceFolder: String
    /// Beside the database, since both are kept and copied together.
    var attachments: AttachmentShelf { AttachmentShelf(root: dataFolder + "/attachments") }
    /// Whether this node analyses pictures.
    var isAnalysing: Bool
    var analysisThreads: Int
    var mostPublicScreens: Int
    /// Of each camera and day; 0 = none.
    var sampleFrames: Int
    var sampleRetentionDays: Int
    /// nil = the usual places.
    var modelsFolder: String?
    var openVINOLibrary: String?
    var workingHours: WorkingHours
    var hall: HallSettings
    var zone: TerritoryZone
    var logLevel: Logger.Level

    /// - Parameter values: the raw text of each setting that somebody gave, with who gave it.
    init(_ values: SettingValues) throws(SettingsError) {
        dataFolder = try values.text(.data)
        let address = try values.text(.records)
        do throws(StoreError) {
            records = try RecordsAddress(parsing: address, in: dataFolder)
        } catch {
            throw values.flaw(.records, error.detail)
        }
        let listen = try values.text(.listen)
        guard let colon = listen.lastIndex(of: ":"), let port = Int(listen[listen.index(after: colon)...]),
            (0...65_535).contains(port), colon != listen.startIndex
        else { throw values.flaw(.listen, "must be HOST:PORT, as in 0.0.0.0:8080") }
        listenHost = String(listen[..<colon]).trimming(["[", "]"])
        listenPort = port
        usesSecureCookies = try values.flag(.secureCookies)
        trustsProxy = try values.flag(.trustsProxy)
        notices = try NoticeSettings(values)
        let name = try values.text(.timeZone)
        guard let offset = Self.offsetMinutes(try values.text(.utcOffset)) else {
            throw values.flaw(.utcOffset, "must be like +08:00")
        }
        zone = TerritoryZone(name: name, offsetMinutes: offset)
        let folder = try values.text(.recordings)
        let budget = try values.number(.budget, in: 0...1_000_000)
        recorder = RecorderSettings(
            root: folder.hasPrefix("/") ? folder : dataFolder + "/" + folder, zone: zone,
            retentionDays: Int(try values.number(.retentionDays, in: 7...3650)),
            budgetBytes: budget == 0 ? nil : Int64(budget * 1e9),
            reserveBytes: Int64(try values.number(.reserve, in: 0...10_000) * 1e9))
        let evidence = try values.text(.evidence)
        evidenceFolder = evidence.hasPrefix("/") ? evidence : dataFolder + "/" + evidence
        isAnalysing = try values.flag(.analysis)
        let threads = Int(try values.number(.analysisThreads, in: 0...64))
        analysisThreads = threads == 0 ? ProcessInfo.processInfo.activeProcessorCount : threads
        let screens = Int(try values.number(.publicScreens, in: 0...200))
        mostPublicScreens = screens == 0 ? 2 * ProcessInfo.processInfo.activeProcessorCount : screens
        sampleFrames = Int(try values.number(.sampleFrames, in: 0...100))
        sampleRetentionDays = Int(try values.number(.sampleDays, in: 1...3650))
        modelsFolder = try values.place(.models)
        openVINOLibrary = try values.place(.openVINO)
        workingHours = try Self.workingHours(values)
        hall = HallSettings(libraryFolder: try values.text(.hallLibrary), tiles: try values.optional(.hallTiles))
        if let tiles = hall.tiles, !tiles.hasPrefix("https://") && !tiles.hasPrefix("http://") {
            throw values.flaw(.hallTiles, "must be an http or https address with {z}, {x} and {y}, or none")
        }
        guard let level = Logger.Level(rawValue: try values.text(.logLevel)) else {
            throw values.flaw(.logLevel, "must be one of trace, debug, info, notice, warning, error, critical")
        }
        logLevel = level
    }

    private static func workingHours(_ values: SettingValues) throws(SettingsError) -> WorkingHours {
        let ends = try values.text(.workingHours).split(separator: "-").map { minutes(String($0)) }
        guard ends.count == 2, let start = ends[0], let end = ends[1], start < end, end <= 1440 else {
            throw values.flaw(.workingHours, "must be like 05:30-19:30, the first before the second")
        }
        let days = try values.text(.workingDays).compactMap(\.wholeNumberValue)
        guard !days.isEmpty, days.count == (try values.text(.workingDays)).count, days.allSatisfy((1...7).contains)
        else { throw values.flaw(.workingDays, "must be digits from 1 (Monday) to 7 (Sunday), as in 12345") }
        return WorkingHours(startMinute: start, endMinute: end, weekdays: Set(days))
    }

    /// Of a day; `24:00` is its end.
    private static func minutes(_ text: String) -> Int? {
        let digits = text.split(separator: ":", omittingEmptySubsequences: false)
        guard digits.count == 2, let hours = Int(digits[0]), let minutes = Int(digits[1]), (0...24).contains(hours),
            (0..<60).contains(minutes)
        else { return nil }
        return hours * 60 + minutes
    }

    private static func offsetMinutes(_ text: String) -> Int? {
        let digits = text.dropFirst().split(separator: ":")
        guard text.hasPrefix("+") || text.hasPrefix("-"), digits.count == 2, let hours = Int(digits[0]),
            let minutes = Int(digits[1]), (0...18).contains(hours), (0..<60).contains(minutes)
        else { return nil }
        return (text.hasPrefix("-") ? -1 : 1) * (hours * 60 + minutes)
    }
}

/// A setting that can't be used, with where it was given and what it must be.
struct SettingsError: Error, Hashable, CustomStringConvertible {
    let description: String
}

extension String {
    fileprivate func trimming(_ characters: Set<Character>) -> String {
        String(drop { characters.contains($0) }.reversed().drop { characters.contains($0) }.reversed())
    }
}
