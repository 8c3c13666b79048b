import Domain
import Foundation

/// Copies a database with PostgreSQL's own `pg_dump`, which knows every detail of a server's catalogue.
struct PostgreSQLDump {
    let address: ServerAddress

    /// In the custom format, for `pg_restore`; as of one moment.
    func write(to path: String) throws {
        // Hashes of passwords and sealed credentials are inside: for this user's eyes only.
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure(.failed, "\(path): \(String(cString: strerror(errno)))") }
        Glibc.close(descriptor)
        do {
            try run(["pg_dump", "--format=custom", "--no-password", "--file=\(path)", "--dbname=\(address.openly)"])
        } catch {
            unlink(path)
            throw error
        }
    }

    private func run(_ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(
            ["LC_ALL": "C.UTF-8"].merging(address.password.map { ["PGPASSWORD": $0.reveal()] } ?? [:]) { $1 }
        ) { $1 }
        let errors = Pipe()
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = errors
        do {
            try process.run()
        } catch {
            throw failure(.missingTool, "\(error.localizedDescription)")
        }
        let words = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        switch process.terminationStatus {
        case 0: return
        case 127: throw failure(.missingTool, "install postgresql-client, which holds pg_dump")
        default: throw failure(words.contains("No space left") ? .diskFull : .failed, words)
        }
    }

    private func failure(_ kind: StoreError.Kind, _ detail: String) -> StoreError {
        let lines = address.withoutSecrets(detail).split(separator: "\n")
        return StoreError(kind, doing: "copying the database", detail: lines.joined(separator: "; "))
    }
}
