/// Everybody who signed up for one activity, in the order in which they did. (名单)
///
/// Never more people than the capacity holds, and nobody is overtaken by somebody who would take the same place:
/// who is missing a place in all keeps everybody behind waiting, who is missing one of a role everybody of that role.
public struct GuestList: Hashable, Sendable {
    public enum Refusal: Error, Hashable, Sendable {
        case unknown
        /// More than could ever come.
        case tooMany
        /// There is no place left for them.
        case full
        /// Not in this state.
        case notNow(SignUp.State)
        /// More came than are signed up: the others are added at the door.
        case moreThanSignedUp
        /// Those who are confirmed, or wait, would have no place.
        case belowTaken
    }

    public private(set) var signUps: [SignUp]
    public private(set) var capacity: ActivityCapacity

    /// - Parameter signUps: In the order in which they were made.
    public init(_ signUps: [SignUp] = [], capacity: ActivityCapacity) {
        self.signUps = signUps
        self.capacity = capacity
    }

    /// Places that are taken.
    public var taken: HeadCount { signUps.reduce(.none) { $0 + $1.heads } }
    public var came: HeadCount { signUps.reduce(.none) { $0 + $1.came } }
    public var waiting: [SignUp] { signUps.filter { $0.state == .waiting } }
    public var left: Int { max(0, capacity.total - taken.total) }

    public subscript(id: SignUpID) -> SignUp? { signUps.first { $0.id == id } }

    /// 1 = the next one; nil = does not wait.
    public func position(of id: SignUpID) -> Int? { waiting.firstIndex { $0.id == id }.map { $0 + 1 } }

    /// - Returns: Those who have a place now and had none: the new one, when there is room.
    public mutating func add(_ signUp: SignUp, at time: UTCTime) throws(Refusal) -> [SignUpID] {
        guard capacity.holds(signUp.guest.heads) else { throw .tooMany }
        var fresh = signUp
        fresh.state = .waiting
        signUps.append(fresh)
        return moveUp(at: time)
    }

    /// - Returns: Those who moved up.
    public mutating func cancel(_ id: SignUpID, at time: UTCTime) throws(Refusal) -> [SignUpID] {
        let index = try self.index(id)
        guard [.confirmed, .waiting].contains(signUps[index].state) else { throw .notNow(signUps[index].state) }
        signUps[index].state = .cancelled
        return moveUp(at: time)
    }

    /// - Returns: Those who moved up.
    public mutating func change(_ wanted: ActivityCapacity, at time: UTCTime) throws(Refusal) -> [SignUpID] {
        guard wanted.holds(taken), waiting.allSatisfy({ wanted.holds($0.guest.heads) }) else { throw .belowTaken }
        capacity = wanted
        return moveUp(at: time)
    }

    /// At the door. Who waited comes in when there is room after all.
    /// - Parameter heads: nil = all of them.
    public mutating func checkIn(_ id: SignUpID, heads: HeadCount? = nil) throws(Refusal) {
        let index = try self.index(id)
        let guest = signUps[index].guest
        let heads = heads ?? guest.heads
        guard signUps[index].state != .cancelled else { throw .notNow(.cancelled) }
        guard heads.total > 0, ActivityRole.allCases.allSatisfy({ heads[$0] <= guest.heads[$0] }) else {
            throw .moreThanSignedUp
        }
        var after = self
        after.signUps[index].state = .came
        after.signUps[index].came = heads
        guard capacity.holds(after.taken) else { throw .full }
        self = after
    }

    /// A slip of the finger.
    public mutating func undoCheckIn(_ id: SignUpID) throws(Refusal) {
        let index = try self.index(id)
        guard signUps[index].state == .came, !signUps[index].isWalkIn else { throw .notNow(signUps[index].state) }
        var after = self
        after.signUps[index].state = .confirmed
        after.signUps[index].came = .none
        guard capacity.holds(after.taken) else { throw .full }
        self = after
    }

    /// Somebody who did not sign up.
    public mutating func walkIn(_ signUp: SignUp) throws(Refusal) {
        var arrived = signUp
        (arrived.state, arrived.came) = (.came, signUp.guest.heads)
        guard capacity.holds(taken + arrived.came) else { throw .full }
        signUps.append(arrived)
    }

    /// At the end, or earlier to make room at the door.
    public mutating func markAbsent(_ id: SignUpID? = nil) throws(Refusal) {
        if let id {
            let index = try self.index(id)
            guard signUps[index].state == .confirmed else { throw .notNow(signUps[index].state) }
            signUps[index].state = .absent
        } else {
            for index in signUps.indices where signUps[index].state == .confirmed { signUps[index].state = .absent }
        }
    }

    /// Lets in whoever has a place now, in order.
    public mutating func moveUp(at time: UTCTime) -> [SignUpID] {
        var moved: [SignUpID] = []
        var heads = taken
        var blocked: Set<ActivityRole> = []
        for index in signUps.indices where signUps[index].state == .waiting {
            let wanted = heads + signUps[index].guest.heads
            if wanted.total > capacity.total { break }
            let roles = signUps[index].guest.heads.roles
            guard capacity.holds(wanted), blocked.isDisjoint(with: roles) else {
                // Only what is missing keeps others waiting, or what this one waits for because of those before it.
                blocked.formUnion(roles.filter { wanted[$0] > capacity.most($0) || blocked.contains($0) })
                continue
            }
            heads = wanted
            signUps[index].state = .confirmed
            // Who has a place from the beginning did not move up.
            if signUps[index].madeAt != time { signUps[index].movedUpAt = time }
            moved.append(signUps[index].id)
        }
        return moved
    }

    private func index(_ id: SignUpID) throws(Refusal) -> Int {
        guard let index = signUps.firstIndex(where: { $0.id == id }) else { throw .unknown }
        return index
    }
}
