import ArgumentParser
import Domain
import Foundation
import Store
import Supervision

struct LedgerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger", abstract: "Sign the ledger; the key with which it is signed.",
        subcommands: [MakeCheckpoint.self, Key.self])

    struct MakeCheckpoint: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "checkpoint", abstract: "Sign what the ledger is now, and print that as one line to keep.",
            discussion: """
                Keep it where nobody who can change the records can change it: mail it, print it.
                `mingchu check --checkpoint FILE` then proves that the ledger still has every entry that it had.
                Can run while the program serves.
                """)
        @OptionGroup var common: SettingsOptions
        @Option(help: ArgumentHelp("The file to write instead; never one that exists.", valueName: "file"))
        var out: String?

        func run() async throws {
            let checkpoints = try await common.openCheckpoints()
            let made = try await checkpoints.make()
            let last = try await checkpoints.last()
            guard let checkpoint = made ?? last else { throw ValidationError("the ledger is empty") }
            let line = Data((checkpoint.text + "\n").utf8)
            guard let out else { return FileHandle.standardOutput.write(line) }
            do {
                try line.write(to: URL(fileURLWithPath: out), options: .withoutOverwriting)
            } catch {
                throw ValidationError("can't write \(out): \(error.localizedDescription)")
            }
            let entries = checkpoint.heads.map { "\($0.chain) up to entry \($0.sequence)" }.joined(separator: ", ")
            print("checkpoint \(checkpoint.number): \(entries)")
        }
    }

    struct Key: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print the public key of this node's signatures (Ed25519, hexadecimal).")
        @OptionGroup var common: SettingsOptions

        func run() async throws { print(try await common.openCheckpoints().publicKey.hexadecimal) }
    }
}
