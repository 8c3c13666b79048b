/// Our own box in a recording: whose footage it is and when its time zero was, so that a file tells it without the database.
///
/// A `uuid` box with our extended type; the content is lines of `name=value`, UTF-8 (docs/reference/file-format.md).
public struct FileDescription: Hashable, Sendable {
    public var camera: String
    /// UTC milliseconds since 1970 of decode time 0.
    public var startMilliseconds: Int64
    /// IANA name of the zone in which the file is named.
    public var timeZone: String
    public var offsetMinutes: Int
    /// Name and version of the program that wrote the file; nil when it didn't say.
    public var program: String?

    /// `mingchu.footage1` in ASCII: 16 bytes, readable in a hex dump.
    static let extendedType = Array("mingchu.footage1".utf8)

    public init(
        camera: String, startMilliseconds: Int64, timeZone: String, offsetMinutes: Int, program: String? = nil
    ) {
        self.camera = camera
        self.startMilliseconds = startMilliseconds
        self.timeZone = timeZone
        self.offsetMinutes = offsetMinutes
        self.program = program
    }

    /// Seconds since 1904 (ISO/IEC 14496-12 §8.2.2.3).
    var creationTime: UInt64 { UInt64(clamping: startMilliseconds / 1000 + 2_082_844_800) }

    func write(to writer: inout BoxWriter) {
        writer.box("uuid") { writer in
            writer.write(Self.extendedType)
            writer.write("camera=\(Self.line(camera))\n".utf8)
            writer.write("start_ms=\(startMilliseconds)\n".utf8)
            writer.write("time_zone=\(Self.line(timeZone))\n".utf8)
            writer.write("utc_offset_minutes=\(offsetMinutes)\n".utf8)
            if let program { writer.write("program=\(Self.line(program))\n".utf8) }
        }
    }

    private static func line(_ text: String) -> String { String(text.filter { !$0.isNewline }) }

    /// nil when a line is missing or no number where one must be.
    init?(_ content: ArraySlice<UInt8>) {
        var values: [Substring: Substring] = [:]
        let text = String(decoding: content, as: UTF8.self)
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2 { values[parts[0]] = parts[1] }
        }
        guard let camera = values["camera"], let start = values["start_ms"].flatMap({ Int64($0) }),
            let zone = values["time_zone"], let offset = values["utc_offset_minutes"].flatMap({ Int($0) })
        else { return nil }
        self.init(
            camera: String(camera), startMilliseconds: start, timeZone: String(zone), offsetMinutes: offset,
            program: values["program"].map { String($0) })
    }
}
