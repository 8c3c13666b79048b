import Hummingbird
import NIOCore

extension Request {
    /// The fields of a submitted form, at most 64 KiB, with the session's form token checked.
    func form(_ context: WebContext) async throws -> FormFields {
        let fields = try await unguardedForm(context)
        guard FormToken.matches(fields[FormToken.field], try context.signedIn()) else { throw WebError.staleForm }
        return fields
    }

    /// The fields of a form that somebody sends who is not signed in.
    func unguardedForm(_ context: WebContext) async throws -> FormFields {
        let type = headers[.contentType]?.split(separator: ";").first.map { $0.filter { $0 != " " }.lowercased() }
        guard type == nil || type == "application/x-www-form-urlencoded" else { throw WebError.wrongContentType }
        return FormFields(String(buffer: try await body.collect(upTo: context.maxUploadSize)))
    }

    /// What stands after the `?`.
    var query: FormFields { FormFields(uri.query ?? "") }

    /// Path and query, as a browser would ask for it again.
    var pathAndQuery: String { uri.query.map { "\(uri.path)?\($0)" } ?? uri.path }
}

/// Addresses that somebody is sent back to.
enum ReturnAddress {
    /// The address if it is a path on this site, else nil: never another host (`//host`, `/\host`), nothing that splits
    /// a header.
    static func checked(_ text: String?) -> String? {
        guard let text, text.utf8.count <= 2000, text.hasPrefix("/"), !text.hasPrefix("//"), !text.hasPrefix("/\\"),
            text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") })
        else { return nil }
        return text
    }
}
