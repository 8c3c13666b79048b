import Domain
import Hummingbird
import Supervision

extension SchoolPages {
    func addTownships(to routes: RouterGroup<WebContext>) {
        routes.post(SiteURL.townships.route) { request, context in
            try await change(request, context) { fields, principal in
                try await site.supervision.places.addTownship(fields.text("name") ?? "", by: principal)
            }
        }
        routes.post(SiteURL.township(.key).route) { request, context in
            let id: TownshipID = try context.parameter("township")
            return try await change(request, context) { fields, principal in
                try await site.supervision.places.renameTownship(id, to: fields.text("name") ?? "", by: principal)
            }
        }
        routes.get(SiteURL.removeTownship(.key).route) { request, context in
            try context.require(.manageGrid)
            let id: TownshipID = try context.parameter("township")
            let township = try await site.supervision.places.township(id, for: try context.principal())
            return confirm(
                "townships.removal", name: township.name, action: SiteURL.removeTownship(.value(id)), request, context)
        }
        routes.post(SiteURL.removeTownship(.key).route) { request, context in
            let id: TownshipID = try context.parameter("township")
            return try await change(request, context) { _, principal in
                try await site.supervision.places.removeTownship(id, by: principal)
            }
        }
    }

    func addCanteens(to routes: RouterGroup<WebContext>) {
        routes.post(SiteURL.canteens(.key).route) { request, context in
            let id: SchoolID = try context.parameter("school")
            return try await change(request, context) { fields, principal in
                try await site.supervision.places.addCanteen(to: id, fields.text("name") ?? "", by: principal)
            }
        }
        routes.post(SiteURL.canteen(.key).route) { request, context in
            let id: CanteenID = try context.parameter("canteen")
            return try await change(request, context) { fields, principal in
                try await site.supervision.places.renameCanteen(id, to: fields.text("name") ?? "", by: principal)
            }
        }
        routes.get(SiteURL.removeCanteen(.key).route) { request, context in
            try context.require(.manageGrid)
            let id: CanteenID = try context.parameter("canteen")
            let canteens = try await site.supervision.places.canteens(for: try context.principal())
            guard let canteen = canteens.first(where: { $0.id == id }) else { throw WebError.notFound }
            return confirm(
                "canteens.removal", name: canteen.name, action: SiteURL.removeCanteen(.value(id)), request, context)
        }
        routes.post(SiteURL.removeCanteen(.key).route) { request, context in
            let id: CanteenID = try context.parameter("canteen")
            return try await change(request, context) { _, principal in
                try await site.supervision.places.removeCanteen(id, by: principal)
            }
        }
    }
}
