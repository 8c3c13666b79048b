extension Room {
    /// Washing, sorting and cutting vegetables and meat. (切配区)
    static func preparation() -> Room {
        var room = shell(floor: [0.33, 0.36, 0.33])
        room.addPreparationFurniture()
        room.addPreparationFood()
        room.stations = [
            Station(place: [2.45, 3.08], heading: -.pi / 2, tasks: [.chop, .chop, .sort]),
            Station(place: [3.55, 3.08], heading: -.pi / 2, tasks: [.chop, .sort, .chop]),
            Station(place: [3.0, 1.52], heading: .pi / 2, tasks: [.chop, .sort, .wipe]),
            Station(place: [1.75, 3.62], heading: .pi / 2, tasks: [.sort, .wipe]),
            Station(place: [3.3, 3.62], heading: .pi / 2, tasks: [.sort, .chop]),
            Station(place: [4.72, 2.35], heading: 0, tasks: [.sort, .rest]),
        ]
        return room
    }

    private mutating func addPreparationFurniture() {
        addTable([1.95, 1.95], [4.1, 2.7])
        addTable([0.8, 3.98], [4.15, Room.depth])
        addShelf(x: 0.9...3.9, z: 1.45)
        addBox([4.3, 3.85, 0], [5.5, Room.depth, 1.95], .steelDoors(columns: 2, rows: 2), left: .steel)
        addPoster(onBackWall: 1.1, width: 0.75, z: 1.95, height: 0.6, [0.05, 0.18, 0.50])
        addPoster(onBackWall: 2.1, width: 0.75, z: 1.95, height: 0.6, [0.04, 0.32, 0.16])
        addPoster(onBackWall: 3.1, width: 0.75, z: 1.95, height: 0.6, [0.50, 0.08, 0.06])
        addPoster(onRightWall: 1.5, width: 0.42, z: 1.35, height: 0.6, [0.05, 0.18, 0.50])
        let crates: [(Vector, Vector)] = [
            ([5.02, 1.95, 0], [0.10, 0.24, 0.58]), ([5.02, 1.95, 0.3], [0.10, 0.24, 0.58]),
            ([5.02, 2.55, 0], [0.08, 0.40, 0.20]), ([5.02, 2.55, 0.3], [0.08, 0.40, 0.20]),
            ([5.02, 3.15, 0], [0.72, 0.52, 0.08]),
        ]
        for (low, colour) in crates {
            addBox(low, low + [0.55, 0.52, 0.28], .crate(colour), top: .plastic(colour * 0.4))
        }
        for (x, material) in [(0.35, Material.greyPlastic), (0.75, .greenPlastic)] as [(Float, Material)] {
            addBin([x + 0.15, 4.2, 0], material)
        }
    }

    private mutating func addPreparationFood() {
        let table: Float = 0.85
        addBoard([2.1, 2.32, table], [0.5, 0.34], [0.20, 0.55, 0.28], .leaf, seed: 1)
        addBoard([3.25, 2.32, table], [0.5, 0.34], [0.80, 0.80, 0.77], .carrot, seed: 2)
        addBoard([2.72, 1.98, table], [0.5, 0.32], [0.62, 0.16, 0.13], .meat, seed: 3)
        addBasin([2.84, 2.5, table], radius: 0.16, height: 0.13, content: .tomato)
        addBasin([3.94, 2.45, table], radius: 0.15, height: 0.13, content: .egg)
        addBasin([2.2, 2.12, table], radius: 0.14, height: 0.12, content: .leaf)
        addHeap([3.6, 2.12, table], spread: [0.14, 0.08], count: 9, size: [0.085, 0.022, 0.022], .carrot, seed: 4)
        addHeap([2.9, 4.3, table], spread: [0.24, 0.12], count: 7, size: [0.09, 0.085, 0.075], .cabbage, seed: 5)
        addHeap([1.35, 4.28, table], spread: [0.2, 0.12], count: 12, size: [0.05, 0.042, 0.036], .potato, seed: 6)
        addHeap([2.0, 4.28, table], spread: [0.14, 0.12], count: 8, size: [0.11, 0.035, 0.034], .aubergine, seed: 7)
        addBasin([2.42, 4.25, table], radius: 0.17, height: 0.14, content: .chilli)
        addTray([3.45, 4.08, table], [0.5, 0.32, 0.07], content: .meat)
        addHeap([5.3, 2.2, 0.58], spread: [0.14, 0.13], count: 8, size: [0.09, 0.09, 0.08], .cabbage, seed: 8)
        addHeap([5.3, 2.8, 0.58], spread: [0.16, 0.15], count: 14, size: [0.045, 0.045, 0.04], .tomato, seed: 9)
        addHeap([5.3, 3.4, 0.28], spread: [0.16, 0.15], count: 10, size: [0.10, 0.03, 0.03], .carrot, seed: 10)
        addPot([2.4, 2.3, 0.23], radius: 0.17, height: 0.26, content: .iron)
        addPot([3.4, 2.3, 0.23], radius: 0.17, height: 0.22, content: .iron)
        for x in stride(from: Float(1.1), to: 3.8, by: 0.42) {
            let jar = Int(x * 10) % 3
            addPot(
                [x, 4.44, 1.48], radius: 0.09, height: 0.17, content: jar == 0 ? .rice : jar == 1 ? .chilli : .egg,
                jar == 2 ? .porcelain : .steel)
        }
    }
}

extension Room {
    mutating func addBin(_ base: Vector, _ material: Material) {
        stand(base, radius: 0.2) { pen in
            pen.loft(
                [
                    .init(base, radius: 0.15), .init(base + [0, 0, 0.5], radius: 0.19),
                    .init(base + [0, 0, 0.51], radius: 0.205), .init(base + [0, 0, 0.55], radius: 0.2),
                    .init(base + [0, 0, 0.6], radius: 0.12), .init(base + [0, 0, 0.61], radius: 0),
                ], sides: 18, material)
        }
    }
}
