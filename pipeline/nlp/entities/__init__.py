"""Entities: the right spans, one canonical entity per thing.

Flow of the component: `joined` splits "U.S.-Cuba"; `repair` and `parts` mend boundaries;
`headings` drops what only a heading's capitals made; `definitions` and `stated` read acronyms in
brackets and other names that the text states ("formerly ..."); `retype` gives each name one type
per document; `recall` finds missed names; `shared` parts "North and South Korea"; `roles` reads
"Foreign Minister" in front of a name; `link` (`people`, `things`, `stated`, `peoples`, `capitals`)
puts names together; `refer` resolves pronouns and "the minister"; `resolve.name_of` answers for
any noun phrase.

Types are those of OntoNotes, as spaCy's models give them:

    PERSON       people, also of fiction; the name alone, without title, role and possessive
    ORG          companies, agencies, parties, teams, media, armed groups
    GPE          countries, states, cities: places with a government
    LOC          other places: seas, mountains, continents
    FAC          buildings, airports, roads
    NORP         nationalities, religions, political camps
    EVENT, PRODUCT, WORK_OF_ART, LAW   as the model has them

LANGUAGE ("in Spanish") and values (DATE, MONEY, CARDINAL, ...) stay in doc.ents but name no
entity; durations and ages are taken out of DATE.

Decided once, where gold sets disagree:

- "the" and "'s" stand outside every span ("the [United Nations]'s envoy"); "The Hague" keeps its
  article.
- Titles and roles stand outside a person's span and are kept as the mention's `role`.
- A country is GPE also where it plays football or signs a treaty; its capital becomes the country
  (rule `capital_government`, can be switched off) only as the subject of a verb of speech or will.
- A nationality keeps the label NORP, and its entity is the country (GPE, ISO 3166 code). England,
  Scotland, Wales and Northern Ireland have their ISO 3166-2 codes and the country GB.
- "Korean", "Congo", "Dominican" do not say which country, so they link to none.
- A place has a country only if one city of that name is clearly the largest.
- Who is named only as somebody's relative ("the son of Ivo Roe") is not meant by a surname alone.
- A surname that several people of the document bear goes to the only one named so in the same
  paragraph (rule `surname_near`), else to the one spoken of most by far (`surname_usual`), with the
  confidence 0.6; else it stays by itself.
- A name is short for a longer one only if what it leaves out says what kind of thing it is
  ("Quillon", "Quillon University"): a paper, airport or product named after a place or company
  stays apart from it.
- A name alone in brackets is another name of a body or work ("Kungsverket (Royal Works Board)"),
  never of a place or person: there it says where it is or who plays it.
- "They" is nobody with a name where people without one have just been spoken of.
- "North" in "North and South Korea" is North Korea.
- Pronouns and "the minister" are linked only where one reading is clearly best.

Ids are "e_" and a hash of type and key: ISO code, watch-list id, or the normalised name.
"""
