import type { Language } from './languages.ts';

/**
 * Words of asking rather than of goods, by language, beside the stop words: "please show me the cheapest ...". They weigh as little as stop words do, so that a
 * sentence is judged by what it asks for. A shop that sells "Present" gift boxes still finds them by it.
 */
export const ASKING_WORDS: Partial<Readonly<Record<Language, string>>> = {
  en: `size sizes please show find search looking look want wants wanted need needs needed buy buying purchase order get give gimme help recommend recommended recommendation suggest
suggestion suggestions like would could should can may might must will shall let us hello hi hey thanks thank kindly anyone someone something anything everything
some any kind kinds sort sorts thing things best better good great nice nicest nicer very really quite pretty rather so much many most more also just only
cheap cheaper cheapest affordable inexpensive budget price prices priced cost costs expensive latest popular favourite favorite perfect ideal suitable available
stock ship ships shipping delivery deliver today tomorrow soon still chance possible possibly maybe perhaps have has got having sell sells selling offer offers
friend girlfriend boyfriend use using used go goes going come comes
one ones our my your their his her its own around about under over below above less than dollars dollar euros euro bucks`,
  de: `größe größen bitte zeige zeig zeigen suche suchen such finde finden möchte möchten will wollen brauche brauchen kaufen kaufe bestellen hätte gerne gern hallo danke empfehlen
empfiehl empfehlung etwas irgendwas jemand gibt es haben habt führt beste besten bester bestes gut gute guter gutes schön schöne schöner schönes schönste sehr wirklich ganz
günstig günstige günstiges günstigste günstigsten billig billige billigste billigsten preiswert preis kosten verfügbar lieferbar versand heute morgen
bald art sorte ding dinge unter über euro`,
  fr: `taille pointure svp s'il vous plaît plait montrez montrer montre cherche chercher trouver trouve voudrais veux vouloir besoin acheter achète commander recommander recommandez conseiller
conseillez bonjour salut merci quelque chose quelqu'un avez meilleur meilleure meilleurs bon bonne beau belle joli jolie très vraiment pas cher chère moins prix
disponible stock livraison aujourd'hui demain bientôt ami amie sorte euros euro`,
  es: `talla por favor muestra muéstrame mostrar enseña busco buscar buscando encontrar quiero quisiera necesito comprar pedir recomendar recomienda hola gracias algo alguien tienen
tiene hay mejor mejores bueno buena buenos bonito bonita muy realmente barato barata baratos baratas económico económica precio precios disponible envío entrega hoy
mañana pronto amigo amiga tipo clase cosa cosas euros euro`,
  it: `taglia per favore mostra mostrami cerco cercare cercando trovare voglio vorrei bisogno comprare acquistare ordinare consigliare consiglia ciao grazie qualcosa qualcuno avete
migliore migliori buono buona bello bella molto davvero economico economica economici prezzo prezzi disponibile spedizione consegna oggi domani presto
amico amica tipo genere cosa cose euro`,
  nl: `maat alstublieft alsjeblieft graag toon zoek zoeken zoekende vinden vind wil willen nodig kopen koop bestellen aanbevelen hallo bedankt iets iemand hebben heeft beste goed goede
mooi mooie mooiste heel erg echt goedkoop goedkope goedkoopste prijs prijzen beschikbaar voorraad levering vandaag morgen binnenkort
vriend vriendin soort ding dingen euro`,
  pt: `tamanho por favor mostrar mostre procuro procurar procurando encontrar quero queria preciso comprar recomendar olá obrigado obrigada algo alguém tem têm melhor melhores bom boa
bonito bonita muito realmente barato barata baratos preço preços disponível entrega hoje amanhã presente amigo amiga
tipo coisa coisas euros euro`,
  sv: `storlek snälla visa söker söka hitta vill skulle behöver köpa beställa rekommendera hej tack något någon har bästa bra fin fina finaste mycket verkligen billig billiga billigaste
pris priser tillgänglig leverans idag imorgon snart vän sort saker kronor`,
};
