import Mustache

/// A value's properties by their names, as templates ask for them.
///
/// The template engine would search a value by reflection each time a template names one of its properties: that was
/// nine tenths of the time of a page with a list. Here each value is reflected upon once.
final class PageFields: MustacheParent {
    private let value: Any
    private lazy var fields = Self.fields(of: value)

    private init(_ value: Any) { self.value = value }

    /// - Parameter value: A structure, whose properties are structures, strings, numbers, booleans, optionals and
    ///   arrays of these; or something that the engine reads by itself.
    /// - Returns: nil for an optional that is empty.
    static func reading(_ value: Any) -> Any? {
        switch value {
        case is String, is Bool, is Int, is any MustacheParent: return value
        case let array as [Any]: return array.compactMap(reading)
        default: break
        }
        let mirror = Mirror(reflecting: value)
        return switch mirror.displayStyle {
        case .optional: mirror.children.first.flatMap { reading($0.value) }
        case .struct, .class: PageFields(value)
        default: value
        }
    }

    func child(named name: String) -> Any? { fields[name] }

    private static func fields(of value: Any) -> [String: Any] {
        let children = Mirror(reflecting: value).children
        var fields = [String: Any](minimumCapacity: children.count)
        for child in children {
            guard let label = child.label, let content = reading(child.value) else { continue }
            fields[label] = content
        }
        return fields
    }
}
