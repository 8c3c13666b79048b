import Domain
import Hummingbird
import Supervision

/// Holds the session's token.
enum SessionCookie {
    static let name = "mingchu_session"

    static func begin(_ session: SignedIn, now: UTCTime, isSecure: Bool) -> Cookie {
        Cookie(name, holding: session.token, for: session.expires - now, isSecure: isSecure)
    }

    static func end(isSecure: Bool) -> Cookie {
        Cookie(name, holding: Secret(""), for: .zero, isSecure: isSecure)
    }
}

/// Holds what a parent's phone is signed in with: another cookie than people's, and nothing of supervision asks for it.
enum ParentCookie {
    static let name = "mingchu_parent"

    static func begin(_ session: ParentSignedIn, now: UTCTime, isSecure: Bool) -> Cookie {
        Cookie(name, holding: session.token, for: session.expires - now, isSecure: isSecure)
    }

    static func end(isSecure: Bool) -> Cookie {
        Cookie(name, holding: Secret(""), for: .zero, isSecure: isSecure)
    }

    static func token(of request: Request) -> Secret? { request.cookies[name].map { Secret($0.value) } }
}

/// Holds the language that somebody chose.
enum LanguageCookie {
    static let name = "mingchu_language"

    static func cookie(_ language: Language, isSecure: Bool) -> Cookie {
        Cookie(
            name: name, value: language.rawValue, maxAge: 400 * 86_400, path: "/", secure: isSecure, httpOnly: true,
            sameSite: .lax)
    }
}

/// Holds whether the rail at the left is narrow.
enum RailCookie {
    static let name = "mingchu_rail"

    static func cookie(isNarrow: Bool, isSecure: Bool) -> Cookie {
        Cookie(
            name: name, value: isNarrow ? "narrow" : "wide", maxAge: 400 * 86_400, path: "/", secure: isSecure,
            httpOnly: true, sameSite: .lax)
    }
}

extension Cookie {
    /// Scripts can't read it, and other sites don't send it along with forms.
    fileprivate init(_ name: String, holding token: Secret, for lifetime: Duration, isSecure: Bool) {
        self.init(
            name: name, value: token.reveal(), maxAge: Int(max(0, lifetime.inMilliseconds / 1000)), path: "/",
            secure: isSecure, httpOnly: true, sameSite: .lax)
    }
}
