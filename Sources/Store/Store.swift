/// All records of the product, behind queries named after the question they answer.
public final class Store: Sendable {
}
