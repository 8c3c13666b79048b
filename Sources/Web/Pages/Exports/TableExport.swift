import Documents
import Domain
import Glibc
import Hummingbird
import NIOCore
import NIOPosix

/// The rows of a list, page by page, as they come out of the records.
protocol TablePages: Sendable {
    /// nil after the last page.
    mutating func next() async throws -> [[TableValue]]?
}

/// A list as a file, however long it is: CSV goes out as it is read, a spreadsheet is written to the disk first.
struct TableExport: Sendable {
    enum Format: String, Sendable, CaseIterable {
        case csv
        case xlsx
    }

    let title: String
    let columns: [TableColumn]
    let format: Format
    let zone: TerritoryZone
    let now: UTCTime

    func response(_ pages: some TablePages) -> Response {
        let name = "\(title)-\(zone.civil(now).date).\(format.rawValue)"
        var headers: HTTPFields = [
            .contentDisposition: Response.contentDisposition(name), .cacheControl: "no-store",
        ]
        switch format {
        case .csv:
            headers[.contentType] = "text/csv; charset=utf-8; header=present"
            return Response(status: .ok, headers: headers, body: csv(pages))
        case .xlsx:
            headers[.contentType] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            return Response(status: .ok, headers: headers, body: spreadsheet(pages))
        }
    }

    private func csv(_ pages: some TablePages) -> ResponseBody {
        ResponseBody { writer in
            var pages = pages
            var csv = CSVWriter(columns: columns)
            try await writer.write(ByteBuffer(bytes: csv.take()))
            while let rows = try await pages.next() {
                for row in rows { csv.add(row) }
                try await writer.write(ByteBuffer(bytes: csv.take()))
            }
            try await writer.finish(nil)
        }
    }

    private func spreadsheet(_ pages: some TablePages) -> ResponseBody {
        ResponseBody { writer in
            var pages = pages
            let file = try await NIOThreadPool.singleton.runIfActive { [title, columns, now] in
                try SpreadsheetFile(sheet: title, columns: columns, created: now)
            }
            while let rows = try await pages.next() {
                try await NIOThreadPool.singleton.runIfActive { try file.add(rows) }
            }
            try await NIOThreadPool.singleton.runIfActive { try file.finish() }
            while let bytes = try await NIOThreadPool.singleton.runIfActive({ try file.read() }) {
                try await writer.write(ByteBuffer(bytes: bytes))
            }
            try await writer.finish(nil)
        }
    }
}

/// A spreadsheet on the disk that nobody else can name, gone with its last user. Used by one task at a time.
private final class SpreadsheetFile: @unchecked Sendable {
    private let path: String
    private var writer: SpreadsheetWriter?
    private var reading: Int32 = -1

    init(sheet: String, columns: [TableColumn], created: UTCTime) throws {
        var template = Array("/tmp/mingchu-table-XXXXXX\0".utf8CString)
        template.removeLast()
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw WebError.documentFailed }
        close(descriptor)
        path = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
        do {
            writer = try SpreadsheetWriter.open(path, sheet: sheet, columns: columns, created: created)
        } catch {
            unlink(path)
            throw error
        }
    }

    deinit {
        if reading >= 0 { close(reading) }
        unlink(path)
    }

    func add(_ rows: [[TableValue]]) throws { for row in rows { try writer!.add(row) } }

    func finish() throws {
        try writer.take()!.close()
        reading = open(path, O_RDONLY | O_CLOEXEC)
        guard reading >= 0 else { throw WebError.documentFailed }
    }

    /// nil at the end.
    func read() throws -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 1 << 17)
        let count = Glibc.read(reading, &buffer, buffer.count)
        guard count >= 0 else { throw WebError.documentFailed }
        return count == 0 ? nil : Array(buffer[..<count])
    }
}
