extension TestRegistry {
  /// A small registry with something of everything; the examples in the command table speak of it.
  public static let exampleScript = #"""
    define type actor
    define type state under actor
    define type group under actor
    define type person under actor plural people
    define type initiative columns type, status, started
    define type partnership under initiative
    define type agreement under initiative
    define type measure
    define type commitment columns giver, rung, amount
    define type event
    define type meeting under event
    define type mineral
    define type stage
    define type office
    define property under of commitment to initiative many
    define property involves of initiative, event, measure, commitment, group to actor many
    define property member under involves of initiative, group to actor many
    define property signatory under member of initiative to actor many
    define property participant under involves of event to actor many
    define property chair under involves of initiative to actor one at a time
    define property status of initiative to choice proposed, active, ended one at a time
    define property started of initiative to date one
    define property succeeds of initiative to initiative many
    define property output of event to text many
    define property of of office to state one
    define property holder of office to person one at a time
    define property giver of commitment to actor many
    define property rung of commitment to choice announced, pledged, delivered one at a time
    define property amount of commitment to money one
    define property towards of commitment to initiative, commitment many
    define type currency plural currencies
    define property rate of currency to money many
    define property share of actor to percent one per mineral, stage, year
    define property mineral of statement to mineral one
    define property stage of statement to stage one
    define property year of statement to date one

    source courier "The Courier on alliances" { publisher "The Courier"; published 2026-01-13; reliability B }
    source gazette "Gazette, a preview" { publisher "The Gazette"; published 2026-01-12; reliability C }
    source leaflet "A leaflet" { reliability E }

    citing courier {
      add state USA "United States" { alias "America" }
      add state JPN "Japan"
      add state KOR "South Korea"
      add state CHN "China"
      add state AUS "Australia"
      add currency AUD "Australian dollar" { rate = USD 0.65 on 2026-01-12 quote "at 65 US cents" }
      add state MLT "Malta"
      add group eu "European Union" { member = MLT from 2004-05-01 }
      add person bessent "Scott Bessent"
      add person yellen "Janet Yellen"
      add mineral rare-earths "rare earths"
      add stage mining "mining"
      add stage refining "refining"
      add actor south-korea-mof "Ministry of Finance of South Korea"
      add partnership msp "Minerals Security Partnership" { member = USA, JPN, eu from 2022; status = ended }
      add partnership forge "FORGE" quote "launched the FORGE initiative" {
        succeeds = msp quote "as a successor to the MSP"
        member = USA from 2026-02-04
        started = 2026-02-04
        status = active
      }
      add agreement us-japan "US–Japan framework" { signatory = USA, JPN from 2025-10-28; started = 2025-10-28 }
      add commitment pipeline under us-japan { giver = USA, JPN; rung = announced; amount = USD 8.5bn quote "$8.5 billion" }
      add commitment first-money { giver = USA, JPN; rung = announced; towards = pipeline; amount = at least USD 1bn each quote "at least $1 billion each" }
      add commitment smelters { giver = AUS; rung = pledged; amount = AUD 135m quote "135 million AUD" }
      add commitment mine { giver = AUS; rung = pledged; amount = up to AUD 65m quote "up to 65 million AUD" }
      add meeting summit "The summit" { participant = USA, JPN, KOR quote "Japan and South Korea" }
      add office treasury-secretary "Secretary of the Treasury" { of = USA; holder = bessent on 2026-01-12 quote "Scott Bessent" }
      claim CHN.share = about 60% mineral rare-earths stage mining year 2024 via iea quote "about 60 percent"
    }
    citing gazette {
      claim summit.participant = USA, JPN, eu quote "the EU, Japan and the United States"
      claim treasury-secretary.holder = bessent on 2026-01-12 quote "Secretary Bessent"
      claim CHN.share = about 60% mineral rare-earths stage mining year 2024 via IEA quote "some 60 percent"
    }
    citing leaflet {
      claim treasury-secretary.holder = yellen on 2026-01-12 quote "Secretary Yellen"
      claim CHN.share = 62% mineral rare-earths stage mining year 2024 quote "62%"
    }
    """#
}
