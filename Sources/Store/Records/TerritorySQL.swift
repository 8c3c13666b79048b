import Domain

/// Conditions for a statement's `where`; a territory of nil holds nothing.
extension SQL {
    /// Of `area`.
    static func areaLies(in territory: Territory?) -> SQL {
        switch territory {
        case nil: "1 = 0"
        case .county?: "1 = 1"
        case .township(let id)?:
            "area.school_id in (select ours.id from school as ours where ours.township_id = \(id))"
        case .school(let id)?: "area.school_id = \(id)"
        case .canteen(let id)?: "area.canteen_id = \(id)"
        }
    }

    /// Of `school`: also of the school of which the territory is one canteen.
    static func schoolTouches(_ territory: Territory?) -> SQL {
        switch territory {
        case nil: "1 = 0"
        case .county?: "1 = 1"
        case .township(let id)?: "school.township_id = \(id)"
        case .school(let id)?: "school.id = \(id)"
        case .canteen(let id)?: "school.id in (select canteen.school_id from canteen where canteen.id = \(id))"
        }
    }

    /// Of `capture as c`: by its camera, so that counting needs no join and a school's captures are found by index.
    ///
    /// - Parameter isAlongTime: the newest few are wanted, in order; false = any of them, to be counted.
    static func ofWatched(_ territory: Territory?, isAlongTime: Bool = true) -> SQL {
        let camera: SQL
        switch territory {
        case .county?: return "1 = 1"
        // So many that they are found sooner along the time: an expression is looked up in no index.
        case .township? where isAlongTime: camera = "c.camera_id || ''"
        default: camera = "c.camera_id"
        }
        return """
            \(camera) in (select camera.id from camera join area on area.id = camera.area_id
              where \(areaLies(in: territory)))
            """
    }

    /// Of `case_file as c`: of the office that handles it, whoever supervises the school else.
    static func caseLies(in territory: Territory?) -> SQL {
        switch territory {
        case nil: "1 = 0"
        case .county?: "1 = 1"
        case .township(let id)?: "c.township_id = \(id)"
        case .school(let id)?: "c.school_id = \(id)"
        case .canteen(let id)?: "c.canteen_id = \(id)"
        }
    }
}
