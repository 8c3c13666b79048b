import Domain
import Store

extension Records {
    /// Tells bodies of an affair, each once, in the transaction in which it happens.
    /// - Parameter occasion: What tells it from other news of the same subject.
    func tell(_ affair: Affair, _ occasion: String, _ bodies: [Body], at now: UTCTime) throws {
        for body in bodies {
            try notifications.add(
                Notification(
                    id: NotificationID(at: now), key: "\(affair.subject)/\(occasion)/\(body)",
                    subject: .affair(affair), body: body, time: now))
        }
    }
}

extension School {
    /// The office that answers for it, and the bureau above that.
    var supervisingBodies: [Body] {
        [.marketRegulation] + (township.map { [.townshipOffice($0)] } ?? [])
    }
}
