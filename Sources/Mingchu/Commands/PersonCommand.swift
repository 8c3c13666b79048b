import ArgumentParser
import Domain
import Supervision

struct PersonCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "person", abstract: "Who can sign in; a way back in when the administrator's password is lost.",
        subcommands: [List.self, ResetPassword.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List accounts, names and roles.")
        @OptionGroup var common: SettingsOptions

        func run() async throws {
            for person in try await common.openSupervision().people.list(for: .console) {
                print(
                    [person.account, person.name, person.role.rawValue, person.isEnabled ? "" : "disabled"].joined(
                        separator: "\t"))
            }
        }
    }

    struct ResetPassword: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "reset-password", abstract: "Give an account a new password and print it, once.")
        @OptionGroup var common: SettingsOptions
        @Argument(help: "The account.") var account: String

        func run() async throws {
            let people = try await common.openSupervision().people
            guard let person = try await people.list(for: .console).first(where: { $0.account == account }) else {
                throw ValidationError("there is no account “\(account)”; `mingchu person list` shows them all")
            }
            print(try await people.resetPassword(of: person.id, by: .console).reveal())
        }
    }
}
