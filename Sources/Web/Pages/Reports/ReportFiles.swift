import Documents
import Domain
import Glibc
import Hummingbird
import Logging
import NIOCore
import NIOPosix

/// A report as a file.
struct ReportFiles: Sendable {
    let site: Site

    func response(_ report: Report, _ text: ReportText, _ format: ReportFormat, _ wording: Wording) async throws
        -> Response
    {
        let bytes: [UInt8]
        let type: String
        switch format {
        case .pdf: (bytes, type) = (try await document(report, text, wording), "application/pdf")
        case .xlsx:
            type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            bytes = try await NIOThreadPool.singleton.runIfActive { try Self.workbook(text, created: report.madeAt) }
        }
        return Self.response(bytes, type, text.fileName(format), isInline: format == .pdf)
    }

    static func response(_ bytes: [UInt8], _ type: String, _ name: String, isInline: Bool) -> Response {
        Response(
            status: .ok,
            headers: [
                .contentType: type, .cacheControl: "private, no-store",
                .contentDisposition: Response.contentDisposition(name, isInline: isInline),
            ], body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    func document(_ report: Report, _ text: ReportText, _ wording: Wording) async throws -> [UInt8] {
        let document = text.document(report, wording)
        do {
            // Drawing takes some tenths of a second: not on a thread that answers others.
            return try await NIOThreadPool.singleton.runIfActive { try document.rendered() }
        } catch let error as PDFError {
            site.log.error("report can't be drawn", metadata: ["reason": "\(error)"])
            throw WebError.documentFailed
        }
    }

    /// One sheet a table, the findings first.
    private static func workbook(_ text: ReportText, created: UTCTime) throws -> [UInt8] {
        var template = Array("/tmp/mingchu-report-XXXXXX\0".utf8CString)
        template.removeLast()
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw WebError.documentFailed }
        defer { close(descriptor) }
        let path = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
        defer { unlink(path) }
        var writer = try SpreadsheetWriter.open(
            path, sheet: text.span,
            columns: [TableColumn(text.title, width: 24), TableColumn(text.days, width: 90)], created: created)
        for part in text.parts { try writer.add([.text(part.title), .text(part.finding)]) }
        for table in text.parts.flatMap(\.tables) + [text.definitions] {
            try writer.begin(sheet: table.title, columns: table.fileColumns)
            for row in table.rows { try writer.add(row.map(\.value)) }
        }
        try writer.close()
        return try read(path)
    }

    private static func read(_ path: String) throws -> [UInt8] {
        guard let file = fopen(path, "rb") else { throw WebError.documentFailed }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = fread(&buffer, 1, buffer.count, file)
            if count == 0 { break }
            bytes += buffer[..<count]
        }
        guard ferror(file) == 0 else { throw WebError.documentFailed }
        return bytes
    }
}
