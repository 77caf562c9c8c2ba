import CommandLanguage
import RegistryModel

/// The names in a mapping that may be keys or names of things, another one in each row.
struct MappingNames {
  private let schema: Schema
  private(set) var names: [NameSyntax] = []

  init(_ commands: [CommandSyntax], _ schema: Schema) {
    self.schema = schema
    for command in commands { collect(command) }
  }

  private mutating func collect(_ command: CommandSyntax) {
    var property: String?
    for argument in command.arguments.values {
      switch argument {
      case .name(let name): add(name)
      case .path(let path):
        add(path.name)
        property = path.properties.first?.content
        collect(path.qualifiers)
      default: break
      }
    }
    if case .values(let values)? = command.arguments["values"] { collect(values, of: property) }
    collect(command.qualifiers)
    collect(command.clauses)
    switch command.block {
    case .commands(let inner, _)?: for command in inner { collect(command) }
    case .claims(let claims, _)?:
      for claim in claims {
        collect(claim.values, of: claim.property.content)
        collect(claim.qualifiers + claim.qualifiersInPath)
        collect(claim.clauses)
      }
    default: break
    }
  }

  private mutating func collect(_ clauses: [ClauseSyntax]) {
    for clause in clauses { if case .name(let name) = clause.argument { add(name) } }
  }

  private mutating func collect(_ qualifiers: [QualifierSyntax]) {
    for qualifier in qualifiers { collect([qualifier.value], of: qualifier.property.content) }
  }

  private mutating func collect(_ values: [ValueSyntax], of property: String?) {
    guard let property, case .entities? = schema.properties[Key(unchecked: property)]?.range else { return }
    for value in values { if case .name(let name) = value.form { add(name) } }
  }

  private mutating func add(_ name: NameSyntax) {
    guard name.form == .template, !names.contains(where: { $0.text == name.text }) else { return }
    names.append(name)
  }
}
