"""Two pages about a module, as a school has them in a folder."""

TEXT = """Warmtepompen plaatsen en onderhouden

In deze module leer je hoe je een warmtepomp kiest, plaatst en onderhoudt. Je werkt in de praktijkhal van onze TransitieHub aan echte
toestellen. Je leert een warmteverliesberekening maken en je sluit een warmtepomp aan op de vloerverwarming. We beginnen met de
techniek: hoe werkt een warmtepomp, welke soorten zijn er en wat past bij welk huis? Daarna ga je zelf aan de slag.

Inhoud
Week 1 en 2: de werking van een warmtepomp en het koudemiddel.
Week 3 tot en met 5: een warmteverliesberekening maken voor een woning.
Week 6 tot en met 8: een warmtepomp plaatsen, aansluiten en in bedrijf stellen.
Week 9 en 10: onderhoud, storingen zoeken en de klant uitleg geven.

Leerdoelen
Na deze module kun je het volgende:
- Je kiest een warmtepomp die past bij een woning
- Je maakt een warmteverliesberekening
- Je plaatst een warmtepomp en stelt haar in bedrijf
- Je zoekt en verhelpt storingen aan een warmtepomp
- Je legt een bewoner uit hoe de installatie werkt

Voor wie
De module is voor monteurs die al met cv-ketels werken en over willen stappen naar warmtepompen. Ook wie net klaar is met een opleiding
tot installateur kan meedoen.

Instapeisen
Je hebt een VCA en je kunt een technische tekening lezen. Ervaring met elektra is handig, maar niet nodig.

Toetsing
Je sluit af met een praktijkopdracht op het werk. Een docent en een vakman uit een bedrijf kijken mee.

Praktisch
De module is op mbo niveau 4. De studielast is 80 SBU. Je hebt een dag in de week les in Breda, tien weken lang.
De kosten zijn 450 euro.
"""
