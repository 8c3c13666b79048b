import Domain

/// What is still to happen, the earliest first; of two at the same moment, the one that was entered first.
struct Agenda {
    typealias Happening = (CountyStage) async throws -> Void

    private struct Item {
        var time: UTCTime
        var order: Int
        var happening: Happening

        func comes(before other: Item) -> Bool { (time, order) < (other.time, other.order) }
    }

    /// A heap: each item comes before both of its children.
    private var items: [Item] = []
    private var count = 0

    mutating func add(at time: UTCTime, _ happening: @escaping Happening) {
        items.append(Item(time: time, order: count, happening: happening))
        count += 1
        var index = items.count - 1
        while index > 0, items[index].comes(before: items[(index - 1) / 2]) {
            items.swapAt(index, (index - 1) / 2)
            index = (index - 1) / 2
        }
    }

    /// The first, when it comes no later than `end`.
    mutating func next(until end: UTCTime) -> (time: UTCTime, happening: Happening)? {
        guard let first = items.first, first.time <= end else { return nil }
        items.swapAt(0, items.count - 1)
        items.removeLast()
        var index = 0
        while true {
            let children = [2 * index + 1, 2 * index + 2].filter { $0 < items.count }
            guard let least = children.min(by: { items[$0].comes(before: items[$1]) }),
                items[least].comes(before: items[index])
            else { break }
            items.swapAt(index, least)
            index = least
        }
        return (first.time, first.happening)
    }
}
