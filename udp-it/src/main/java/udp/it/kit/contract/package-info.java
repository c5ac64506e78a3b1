/** The contracts of programs in any language, and the contracts of the api for what the kit's program was told. */
package udp.it.kit.contract;
