import Domain
import Supervision

/// A canteen of simulated kitchens, so that a newcomer sees moving pictures at once.
struct DemoCanteen {
    let supervision: Supervision

    /// Sets it up where there is no school yet; otherwise leaves everything as it is.
    func setUp() async throws {
        guard try await supervision.places.tree(for: .node).isEmpty else { return }
        let school = try await supervision.places.addSchool("示范小学（模拟）", by: .node)
        let cameras: [(Area.Kind, String, String)] = [
            (.preparation, "切配区 1 号", "sim://preparation?people=2&seed=1"),
            (.washing, "洗消区 1 号", "sim://washing?people=1&seed=2"),
            (.cooking, "烹饪区 1 号", "sim://cooking?people=2&seed=3"),
        ]
        for (kind, name, address) in cameras {
            let area = try await supervision.places.addArea(to: school.id, kind: kind, by: .node)
            let draft = CameraDraft(area: area.id, name: name, main: try SourceAddress.parse(address).address)
            _ = try await supervision.cameras.add(draft, by: .node)
        }
    }
}
