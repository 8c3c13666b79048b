import COpenVINO
import Glibc

/// The loaded library: its functions, where it was found, what version it is. Never unloaded.
public final class Library: Sendable {
    let functions: shim_openvino
    public let path: String
    /// As the library tells it: `2026.4.1-…`.
    public let version: String

    private init(_ functions: shim_openvino, path: String) {
        self.functions = functions
        self.path = path
        var version = ov_version_t()
        if functions.ov_get_openvino_version(&version).rawValue == 0 {
            self.version = String(cString: version.buildNumber)
            functions.ov_version_free(&version)
        } else {
            self.version = "unknown"
        }
    }

    /// Loads it from the first place where it is.
    public static func load(_ search: LibrarySearch = LibrarySearch()) throws(OpenVINOError) -> Library {
        let action = "loading OpenVINO"
        var refusals: [String] = []
        for candidate in search.candidates {
            guard let handle = dlopen(candidate, RTLD_NOW | RTLD_LOCAL) else {
                refusals.append(String(cString: dlerror()))
                continue
            }
            var functions = shim_openvino()
            if let missing = shim_openvino_find(handle, &functions) {
                throw OpenVINOError(
                    .libraryUnusable, while: action,
                    detail:
                        "\(candidate) has no function \(String(cString: missing)): it must be version 2026.4 or later")
            }
            // The plug-ins write to standard output, which belongs to the commands.
            functions.ov_util_set_log_callback(nil)
            return Library(functions, path: candidate)
        }
        let isAtHand = search.candidates.contains { $0.contains("/") && access($0, R_OK) == 0 }
        throw OpenVINOError(
            isAtHand ? .libraryUnusable : .libraryMissing, while: action,
            detail: refusals.joined(separator: "; ")
                + ". `make build` fetches it; else name its folder in \(LibrarySearch.environmentName)")
    }

    /// Throws, with the library's last message, when `status` is not success.
    func check(
        _ status: ov_status_e, _ kind: OpenVINOError.Kind, while action: @autoclosure () -> String
    ) throws(OpenVINOError) {
        guard status.rawValue != 0 else { return }
        let detail = lastMessage ?? functions.ov_get_error_info(status).map { String(cString: $0) } ?? "no reason given"
        throw OpenVINOError(kind, while: action(), detail: detail)
    }

    /// The lines that say something, in one: the others tell where in the library's sources it happened.
    private var lastMessage: String? {
        guard let text = functions.ov_get_last_err_msg() else { return nil }
        defer { functions.ov_free(text) }
        let lines = String(cString: text).split(separator: "\n").map { $0.drop { $0 == " " } }
            .filter { !$0.hasPrefix("Exception from ") && !$0.isEmpty }
        let message = lines.joined(separator: " ")
        return message.isEmpty ? nil : String(message.prefix(500))
    }
}
