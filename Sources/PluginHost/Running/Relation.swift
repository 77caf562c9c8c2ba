public import RegistryStore

/// A relation that analyses may read: a view of `sql`, with the types of its columns.
public typealias Relation = RelationDeclaration
