import Domain
import Supervision

/// Holds each early warning and each rule against the ledger. (预警核验)
struct WarningCheck: Sendable {
    struct Finding: Hashable, Sendable, CustomStringConvertible {
        let fault: WarningFault

        var description: String {
            switch fault {
            case .neverGiven(let id): "warning \(id): the ledger never gave it"
            case .rowDiffers(let id, let columns):
                "warning \(id): \(columns.joined(separator: ", ")) of its row is not what the ledger leaves"
            case .gone(let count): "\(count) warnings are in the ledger, not in the records"
            case .ruleDiffers(let subject): "warning rule \(subject): its row is not the ledger's last entry"
            }
        }
    }

    let warnings: Warnings

    func run() async throws -> (checked: Int, findings: [Finding]) {
        let (checked, faults) = try await warnings.check()
        return (checked, faults.map(Finding.init))
    }
}
