"""Common first names in the United Kingdom, of many origins.

Names that are also common words, months or places are left out (Grace, Mark, Will, April): a check
that cries at every page is not read.
"""

_WORDS = """
aaron abdul abdullah abigail adam adebayo adele adrian agnes ahmed aidan aisha aleksandra alan alana
albert alex alexander alexandra alexia alfie alfred ali alice alicia alison allan amanda amber amelia
amina amir amy andrea andrew andrzej angela angus anita anjali ann anna anne annette anthony antonia
anya archie arjun arthur arun asha ashley asif audrey ava ayesha barbara barry beatrice becky ben
benjamin bernadette bernard beth bethany betty beverley bilal brenda brendan brian bridget bronwyn
bryan callum cameron carl carla carmel carol caroline caroline catherine cathy cecilia charles charlie
charlotte chelsea cheryl chloe chris christina christine christopher ciara claire clare clive colin
connor conor courtney craig cynthia daisy damian daniel danielle danny darren david dawn dean deborah
debbie declan denise dennis derek diana diane dominic donald donna doris dorothy douglas duncan dylan
edith edward eileen elaine eleanor elena elizabeth ella ellen ellie elliot emily emma eric erin esther
ethan eva evelyn evie farah fatima fatma fiona florence frances francesca francis frank fred freddie
frederick freya gabriel gareth gary gavin gemma geoffrey george georgia georgina gerald gerard gillian
gina glen glenn gloria gordon graham gregory gurpreet gwen hannah haris harold harpreet harriet harry
hassan hayley heather helen henry hilary hollie howard hugh hussain ian ibrahim imogen imran ines irene
isaac isabel isabella isabelle isla isobel ivan jack jackie jacob jacqueline jade jagdeep jake jakub
james jamie jan jane janet janice jasmine jason jayne jean jeff jeffrey jennifer jenny jeremy jessica
jill jim joan joanna joanne joe joel john jonathan jordan joseph josephine josh joshua joyce judith
julia julian julie june karen karl kashif kate katarzyna katherine kathleen kathryn katie kayleigh keith
kelly ken kenneth kerry kevin khadija kieran kim kirsty krzysztof kyle lara laura lauren lawrence leah
leanne lee leo leon leonard lesley leslie lewis liam lillian linda lindsay lindsey lisa liz logan
lorraine louis louise lucas lucy luke lydia lynn lynne maciej madison malcolm malik manjit marcin marcus
margaret maria mariam marian marie marion marjorie martha martin martyn mary maryam mateusz matilda
matthew maureen maya megan melanie melissa michael michelle miles mohamed mohammad mohammed molly monica
muhammad musa nadia nancy naomi natalie natasha nathan neha neil niall niamh nicholas nicola nicole
nigel nikhil noah nora norman oliver olivia oluwaseun omar oscar owen paige pamela patricia patrick paul
paula pauline penelope peter philip phillip phoebe phyllis piotr polly pooja priya rachael rachel raj
rajesh ralph ramesh raymond rebecca reece rehana rhys ricardo richard rita robert roberto robin rodney
roger ronald rosemary rosie ross rowan roy russell ruth ryan sabrina sadia saima sally salma sam samantha
samina samir samuel sandra sanjay sarah scott sean sebastian shabnam shahid shane shannon sharon shaun
sheila shelley sheryl shirley sian simon simone siobhan sofia sonia sophia sophie stacey stanley stefan
stella stephanie stephen steve steven stewart stuart sunita susan suzanne sylvia tariq tanya tara teresa
terence terry thelma theo theresa thomas tim timothy tina toby tom tomasz tony tracey tracy trevor umar
usman valerie vanessa veronica vicky vijay vikram vincent vivien walter wayne wendy wesley william
winifred wojciech yasmin yusuf yvonne zachary zainab zara zoe
"""
FIRST_NAMES = frozenset(_WORDS.split())
