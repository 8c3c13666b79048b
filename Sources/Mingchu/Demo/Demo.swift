import ArgumentParser
import Domain

/// What a newcomer can have set up to look at. (演示)
enum Demo: String, ExpressibleByArgument, CaseIterable {
    /// One canteen of three simulated kitchens, and nothing that has happened yet.
    case kitchens
    /// A county with a year behind it, and the same three kitchens in its first school.
    case county
}

/// Somebody who was given an account, to be told on the terminal, once.
struct DemoAccount: Sendable {
    var account: String
    var name: String
    var password: Secret
}
