internal import RegistryStore

extension EntityPlanner {
  /// Makes the view for a filter that lies deep.
  func readyDeepView(_ query: EntityQuery, _ holding: Holding) throws(StoreProblem) {
    guard holding.date != nil, query.filter?.isDeep == true else { return }
    let asked = holding.needing(.possible)
    guard state.memory.deeplyViewed != asked else { return }
    try db.runScript(DeepView.sql(asked))
    state.memory.deeplyViewed = asked
  }
}
